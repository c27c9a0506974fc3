-- Only here: what a backup holds in another form than it stands in the tables. Transaction numbers mean nothing on
-- another server, so events take their rank in the stream as position, and whatever names a position follows.

-- name: export_threads
-- Threads as of before any transaction.
SELECT t.id, t.kind, t.customer_id, t.shop_id, t.product_id, t.order_id, t.state, t.last_seq, CAST('0' AS xid8) AS last_tx,
    t.last_posted, t.last_at, t.waiting_since, t.created_at, t.topic, t.answered, t.misses,
    t.team_id, t.agent_id, t.last_agent_id, t.revision, t.episode, t.queued_at, t.queue_key, t.assigned_at, t.staff_at,
    t.wake_at, t.aside_seq, t.warned_at, t.resolved_at, t.priority, t.labels, t.note_seq
FROM threads AS t ORDER BY t.id;

-- name: export_events
-- Events by their rank in the stream.
SELECT ROW_NUMBER() OVER (ORDER BY e.tx, e.position) AS position, CAST('0' AS xid8) AS tx, e.thread_id, e.seq, e.kind, e.at,
    e.side, e.author_id, e.text, e.body, e.target, e.edited_at, e.withdrawn_at, e.client_key, e.body_hash
FROM events AS e ORDER BY e.tx, e.position;

-- name: export_search
-- The words of messages under the new positions.
SELECT r.position, s.thread_id, s.seq, s.words
FROM search AS s JOIN (
    SELECT e.thread_id, e.seq, ROW_NUMBER() OVER (ORDER BY e.tx, e.position) AS position FROM events AS e
) AS r ON r.thread_id = s.thread_id AND r.seq = s.seq
ORDER BY r.position;

-- name: export_cursors
-- How far relays have come: the rank of the last event that they saw.
SELECT c.name, CAST(0 AS BIGINT) AS major, (
    SELECT COUNT(*) FROM events AS e
    WHERE (e.tx, e.position) <= (CAST(CAST(c.major AS TEXT) AS xid8), c.minor)) AS minor
FROM cursors AS c ORDER BY c.name;
