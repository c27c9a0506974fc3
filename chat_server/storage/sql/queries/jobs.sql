-- name: stream_events
-- Events of all threads after a place, oldest first.
SELECT e.position, e.thread_id, e.seq, e.kind, e.at, e.side, e.author_id,
    CASE WHEN e.kind = 2 THEN (SELECT m.text FROM events AS m WHERE m.thread_id = e.thread_id AND m.seq = e.target) ELSE e.text END AS text,
    e.body, e.target, e.edited_at, e.withdrawn_at, e.client_key, t.customer_id, t.shop_id, t.team_id
FROM events AS e JOIN threads AS t ON t.id = e.thread_id
WHERE e.position > :position ORDER BY e.position LIMIT :limit;

-- name: stream_end
-- The place after the newest event.
SELECT COALESCE(MAX(position), 0) AS position FROM events;

-- name: cursor_of
-- How far a relay has come.
SELECT major, minor FROM cursors WHERE name = :name;

-- name: add_cursor
-- A relay begins.
INSERT INTO cursors (name, major, minor) VALUES (:name, 0, 0) ON CONFLICT (name) DO NOTHING;

-- name: move_cursor
-- Of two nodes that relay the same events, one loses here.
UPDATE cursors SET major = :major, minor = :minor WHERE name = :name AND major = :from_major AND minor = :from_minor;

-- name: index_message
-- The words of a message, folded.
INSERT INTO search (rowid, words)
SELECT e.position, :words FROM events AS e
WHERE e.thread_id = :thread_id AND e.seq = :seq AND e.withdrawn_at IS NULL;

-- name: unindex_message
-- A message changed or was withdrawn.
DELETE FROM search WHERE rowid = (SELECT e.position FROM events AS e WHERE e.thread_id = :thread_id AND e.seq = :seq);

-- name: search_messages
-- Messages with all of these words, newest first, in the threads of this person or of one of his shops.
SELECT e.position, e.thread_id, e.seq, e.kind, e.at, e.side, e.author_id, e.text, e.body, e.target,
    e.edited_at, e.withdrawn_at, e.client_key, t.customer_id, t.shop_id, t.team_id
FROM search AS s JOIN events AS e ON e.position = s.rowid JOIN threads AS t ON t.id = e.thread_id
WHERE s.words MATCH :match AND s.rowid < :before AND e.withdrawn_at IS NULL
    AND (t.customer_id = :me OR (t.kind = 'support' AND (CAST(:desk AS BIGINT) = 2 OR (CAST(:desk AS BIGINT) = 1 AND EXISTS (
        SELECT 1 FROM team_members AS d WHERE d.team_id = t.team_id AND d.person_id = :me)))) OR EXISTS (
        SELECT 1 FROM shop_members AS m WHERE m.shop_id = t.shop_id AND m.person_id = :me))
ORDER BY s.rowid DESC LIMIT :limit;

-- name: set_deadline
-- The clock of one thing; setting it anew moves it.
INSERT INTO deadlines (kind, subject_id, due_at, revision) VALUES (:kind, :subject_id, :due_at, :revision)
ON CONFLICT (kind, subject_id) DO UPDATE SET due_at = excluded.due_at, revision = excluded.revision;

-- name: clear_deadline
-- Nothing is due any more.
DELETE FROM deadlines WHERE kind = :kind AND subject_id = :subject_id;

-- name: clear_deadlines
-- Nobody is to be reminded any more.
DELETE FROM deadlines WHERE subject_id = :subject_id AND kind IN (:half, :last);

-- name: fire_deadline
-- First statement of the firing Commit, must touch 1 row: of two sweepers one loses here.
DELETE FROM deadlines WHERE kind = :kind AND subject_id = :subject_id AND revision = :revision;

-- name: move_deadline
-- The same where it comes up again: fired, and set anew.
UPDATE deadlines SET due_at = :due_at, revision = :revision
WHERE kind = :kind AND subject_id = :subject_id AND revision = :seen;

-- name: due_deadlines
-- What is due, oldest first.
SELECT kind, subject_id, due_at, revision FROM deadlines WHERE due_at <= :at ORDER BY due_at LIMIT :limit;

-- name: delay_deadline
-- What could not be fired is tried again later.
UPDATE deadlines SET due_at = :due_at WHERE kind = :kind AND subject_id = :subject_id AND revision = :revision;

-- name: next_deadline
-- When the next one is due.
SELECT MIN(due_at) AS due_at FROM deadlines;

-- name: meta_value
-- A fact about this store.
SELECT value FROM meta WHERE key = :key;

-- name: put_meta
-- Sets a fact about this store.
INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: count_foreign
-- Rows that are not demo data: any people, whatever they did.
SELECT COUNT(*) AS people FROM people;

-- name: move_product_pages
-- The demo has another address now: where products are shown, and their pictures.
UPDATE products SET url = REPLACE(url, :old, :new), photo_url = REPLACE(photo_url, :old, :new);

-- name: move_line_pictures
-- The same for what was ordered.
UPDATE order_lines SET photo_url = REPLACE(photo_url, :old, :new);

-- name: unindexed_messages
-- Messages of this person's threads that are younger than the index, or were edited since. Newest first.
SELECT m.position, m.thread_id, m.seq, m.kind, m.at, m.side, m.author_id, m.text, m.body, m.target,
    m.edited_at, m.withdrawn_at, m.client_key, t.customer_id, t.shop_id, t.team_id
FROM events AS e
JOIN threads AS t ON t.id = e.thread_id
JOIN events AS m ON m.thread_id = e.thread_id AND m.seq = CASE WHEN e.kind = 2 THEN e.target ELSE e.seq END
WHERE e.position > :major AND :minor = 0 AND e.kind IN (1, 2) AND m.withdrawn_at IS NULL AND m.position < :before
    AND (t.customer_id = :me OR (t.kind = 'support' AND (CAST(:desk AS BIGINT) = 2 OR (CAST(:desk AS BIGINT) = 1 AND EXISTS (
        SELECT 1 FROM team_members AS d WHERE d.team_id = t.team_id AND d.person_id = :me)))) OR EXISTS (
        SELECT 1 FROM shop_members AS m2 WHERE m2.shop_id = t.shop_id AND m2.person_id = :me))
ORDER BY m.position DESC;

-- name: clock_of_store
-- The store's own time, in milliseconds.
SELECT CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER) AS now;
