-- name: translation
-- What a text was translated to, its marks still in it.
SELECT text FROM translations WHERE hash = :hash;

-- name: keep_translation
-- Of two nodes that asked for the same, the later one's is kept.
INSERT INTO translations (hash, text, at) VALUES (:hash, :text, :at)
ON CONFLICT (hash) DO UPDATE SET text = excluded.text, at = excluded.at;

-- name: drop_old_translations
-- Read or not: providers get better.
DELETE FROM translations WHERE at < :before;
