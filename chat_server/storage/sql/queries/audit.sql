-- name: add_audit
-- Somebody who works here did something.
INSERT INTO audit (id, at, actor_id, action, thread_id, details)
VALUES (:id, :at, :actor_id, :action, :thread_id, :details);

-- name: add_view
-- Somebody who works here looked into a thread; looks of his within a short time are one.
INSERT INTO audit (id, at, actor_id, action, thread_id, details)
SELECT CAST(:id AS BIGINT), CAST(:at AS BIGINT), CAST(:actor_id AS BIGINT), CAST(:action AS TEXT), CAST(:thread_id AS BIGINT), '{}'
WHERE NOT EXISTS (
    SELECT 1 FROM audit AS a
    WHERE a.thread_id = :thread_id AND a.actor_id = :actor_id AND a.action = :action AND a.at > :since);
