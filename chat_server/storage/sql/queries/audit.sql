-- name: add_audit
-- Somebody who works here did something.
INSERT INTO audit (id, at, actor_id, action, thread_id, details)
VALUES (:id, :at, :actor_id, :action, :thread_id, :details);
