-- name: stream_events
-- Events of all threads after a place, oldest first; none that an open transaction could still come before.
SELECT e.tx, e.position, e.thread_id, e.seq, e.kind, e.at, e.side, e.author_id,
    CASE WHEN e.kind = 2 THEN (SELECT m.text FROM events AS m WHERE m.thread_id = e.thread_id AND m.seq = e.target) ELSE e.text END AS text,
    e.body, e.target, e.edited_at, e.withdrawn_at, e.client_key, t.customer_id, t.shop_id, t.team_id
FROM events AS e JOIN threads AS t ON t.id = e.thread_id
WHERE (e.tx, e.position) > (:tx, :position) AND e.tx < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY e.tx, e.position LIMIT :limit;

-- name: stream_end
-- The place after the newest event that no open transaction can still come before.
SELECT e.tx, e.position FROM events AS e
WHERE e.tx < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY e.tx DESC, e.position DESC LIMIT 1;

-- name: index_message
-- The words of a message, folded.
INSERT INTO search (position, thread_id, seq, words)
SELECT e.position, e.thread_id, e.seq, array_to_tsvector(array_remove(string_to_array(:words, ' '), ''))
FROM events AS e
WHERE e.thread_id = :thread_id AND e.seq = :seq AND e.withdrawn_at IS NULL;

-- name: unindex_message
-- A message changed or was withdrawn.
DELETE FROM search WHERE thread_id = :thread_id AND seq = :seq;

-- name: search_messages
-- Messages with all of these words, newest first, in the threads of this person or of one of his shops.
SELECT s.position, e.thread_id, e.seq, e.kind, e.at, e.side, e.author_id, e.text, e.body, e.target,
    e.edited_at, e.withdrawn_at, e.client_key, t.customer_id, t.shop_id, t.team_id
FROM search AS s
JOIN events AS e ON e.thread_id = s.thread_id AND e.seq = s.seq
JOIN threads AS t ON t.id = s.thread_id
WHERE s.words @@ CAST(CAST(:match AS TEXT) AS tsquery) AND s.position < :before AND e.withdrawn_at IS NULL
    AND (t.customer_id = :me OR (t.kind = 'support' AND (CAST(:desk AS BIGINT) = 2 OR (CAST(:desk AS BIGINT) = 1 AND EXISTS (
        SELECT 1 FROM team_members AS d WHERE d.team_id = t.team_id AND d.person_id = :me)))) OR EXISTS (
        SELECT 1 FROM shop_members AS m WHERE m.shop_id = t.shop_id AND m.person_id = :me))
ORDER BY s.position DESC LIMIT :limit;

-- name: unindexed_messages
-- Messages of this person's threads that are younger than the index, or were edited since. Newest first.
SELECT m.position, m.thread_id, m.seq, m.kind, m.at, m.side, m.author_id, m.text, m.body, m.target,
    m.edited_at, m.withdrawn_at, m.client_key, t.customer_id, t.shop_id, t.team_id
FROM events AS e
JOIN threads AS t ON t.id = e.thread_id
JOIN events AS m ON m.thread_id = e.thread_id AND m.seq = CASE WHEN e.kind = 2 THEN e.target ELSE e.seq END
WHERE (e.tx, e.position) > (:major, :minor) AND e.kind IN (1, 2) AND m.withdrawn_at IS NULL AND m.position < :before
    AND (t.customer_id = :me OR (t.kind = 'support' AND (CAST(:desk AS BIGINT) = 2 OR (CAST(:desk AS BIGINT) = 1 AND EXISTS (
        SELECT 1 FROM team_members AS d WHERE d.team_id = t.team_id AND d.person_id = :me)))) OR EXISTS (
        SELECT 1 FROM shop_members AS m2 WHERE m2.shop_id = t.shop_id AND m2.person_id = :me))
ORDER BY m.position DESC;

-- name: clock_of_store
-- The store's own time, in milliseconds.
SELECT CAST(ROUND(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT) AS now;

-- name: due_deadlines
-- What is due, oldest first, of one share among sixteen of which something is: of several sweepers that look at a time
-- each mostly finds others.
WITH due AS MATERIALIZED (
        SELECT kind, subject_id, due_at, revision FROM deadlines WHERE due_at <= :at ORDER BY due_at LIMIT 3200),
    share AS MATERIALIZED (SELECT subject_id % 16 AS number FROM due ORDER BY random() LIMIT 1)
SELECT d.kind, d.subject_id, d.due_at, d.revision FROM due AS d JOIN share AS s ON d.subject_id % 16 = s.number
ORDER BY d.due_at LIMIT :limit;
