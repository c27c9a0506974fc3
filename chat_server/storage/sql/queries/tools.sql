-- name: canned_in_full
-- Every canned reply, by shortcut.
SELECT c.id, c.shortcut, c.title, c.texts, c.team_id, c.revision FROM canned_replies AS c ORDER BY c.shortcut;

-- name: add_canned
-- A new one.
INSERT INTO canned_replies (id, shortcut, title, texts, team_id, revision)
VALUES (:id, :shortcut, :title, :texts, :team_id, 1);

-- name: change_canned
-- Of two who change the same one, one looks again.
UPDATE canned_replies SET shortcut = :shortcut, title = :title, texts = :texts, team_id = :team_id, revision = revision + 1
WHERE id = :id AND revision = :revision;

-- name: drop_canned
-- It is said no more.
DELETE FROM canned_replies WHERE id = :id AND revision = :revision;

-- name: macros_in_full
-- Every macro, by name.
SELECT m.id, m.name, m.steps, m.team_id, m.revision FROM macros AS m ORDER BY m.name;

-- name: add_macro
-- A new one.
INSERT INTO macros (id, name, steps, team_id, revision) VALUES (:id, :name, :steps, :team_id, 1);

-- name: change_macro
-- Of two who change the same one, one looks again.
UPDATE macros SET name = :name, steps = :steps, team_id = :team_id, revision = revision + 1
WHERE id = :id AND revision = :revision;

-- name: drop_macro
-- It is done no more.
DELETE FROM macros WHERE id = :id AND revision = :revision;

-- name: labels_in_full
-- Every label, by name.
SELECT l.slug, l.name, l.color FROM labels AS l ORDER BY l.name, l.slug;

-- name: drop_labels
-- Before the list is written anew.
DELETE FROM labels;

-- name: add_label
-- One of the list.
INSERT INTO labels (slug, name, color) VALUES (:slug, :name, :color);

-- name: team_ids
-- Every team there is.
SELECT t.id FROM teams AS t ORDER BY t.id;

-- name: agent_ids
-- Everybody who works here.
SELECT a.person_id FROM agents AS a WHERE a.active = 1 ORDER BY a.person_id;

-- name: bump_meta
-- The revision of something that is kept as a whole; of two who change it, one looks again. 0: nobody has yet.
INSERT INTO meta (key, value)
SELECT CAST(:key AS TEXT), CAST(:next AS TEXT)
WHERE CAST(:seen AS TEXT) = '0' OR EXISTS (SELECT 1 FROM meta AS m WHERE m.key = :key)
ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE meta.value = :seen;

-- name: brand_facts
-- How the marketplace is called and coloured, where a supervisor has said so.
SELECT m.key, m.value FROM meta AS m WHERE m.key IN ('brand_name', 'brand_color', 'brand_revision');
