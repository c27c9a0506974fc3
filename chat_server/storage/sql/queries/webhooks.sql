-- States of a delivery: waiting; held, while its endpoint pauses; sent; dead, when all tries were in vain.

-- name: queue_webhook
-- Something is to be told to every endpoint; to one that pauses, later. One whose url is empty has left the settings.
INSERT INTO webhook_deliveries (message_id, endpoint_id, type, payload, created_at, next_at, attempts, state, said, sent_at)
SELECT CAST(:message_id AS BIGINT), e.id, CAST(:type AS TEXT), CAST(:payload AS TEXT), CAST(:at AS BIGINT), CAST(:at AS BIGINT), 0,
    CASE WHEN e.active = 1 THEN 'waiting' ELSE 'held' END, '', NULL
FROM webhook_endpoints AS e WHERE e.url <> '';

-- name: queue_webhook_test
-- To one endpoint, where it takes anything now.
INSERT INTO webhook_deliveries (message_id, endpoint_id, type, payload, created_at, next_at, attempts, state, said, sent_at)
SELECT CAST(:message_id AS BIGINT), e.id, CAST(:type AS TEXT), CAST(:payload AS TEXT), CAST(:at AS BIGINT), CAST(:at AS BIGINT), 0,
    'waiting', '', NULL
FROM webhook_endpoints AS e WHERE e.id = :endpoint_id AND e.url <> '' AND e.active = 1;

-- name: webhook_endpoints
-- Every one, by name, with what is on its way and what never arrived.
SELECT e.id, e.name, e.url, e.trusted, e.active, e.old_until, e.revision,
    (SELECT COUNT(*) FROM webhook_deliveries AS d WHERE d.endpoint_id = e.id AND d.state IN ('waiting', 'held')) AS waiting,
    (SELECT COUNT(*) FROM webhook_deliveries AS d WHERE d.endpoint_id = e.id AND d.state = 'dead') AS dead
FROM webhook_endpoints AS e ORDER BY e.name;

-- name: webhook_endpoint
-- One, with what it is signed with.
SELECT id, name, url, secret, old_secret, old_until, trusted, active, revision
FROM webhook_endpoints WHERE id = :id;

-- name: webhook_deliveries_of
-- What was sent to one, newest first; `state` empty: all of it.
SELECT message_id, type, state, attempts, said, created_at, next_at, sent_at FROM webhook_deliveries
WHERE endpoint_id = :endpoint_id AND message_id < :before AND (CAST(:state AS TEXT) = '' OR state = CAST(:state AS TEXT))
ORDER BY message_id DESC LIMIT :limit;

-- name: webhooks_due_to
-- Endpoints that something waits for now.
SELECT DISTINCT d.endpoint_id FROM webhook_deliveries AS d JOIN webhook_endpoints AS e ON e.id = d.endpoint_id
WHERE d.state = 'waiting' AND d.next_at <= :at AND e.active = 1 AND e.url <> '';

-- name: due_webhooks
-- What waits for one endpoint, oldest first.
SELECT message_id, type, attempts FROM webhook_deliveries
WHERE state = 'waiting' AND endpoint_id = :endpoint_id AND next_at <= :at ORDER BY next_at, message_id LIMIT 20;

-- name: claim_webhook
-- Of two nodes that want the same one, one finds it taken. Whoever has it must be done before its lease ends.
UPDATE webhook_deliveries SET next_at = :lease, attempts = attempts + 1
WHERE message_id = :message_id AND endpoint_id = :endpoint_id AND attempts = :attempts AND state = 'waiting'
    AND next_at <= :at AND EXISTS (SELECT 1 FROM webhook_endpoints AS e WHERE e.id = :endpoint_id AND e.active = 1)
RETURNING payload;

-- name: webhook_sent
-- It has arrived, whoever pauses meanwhile.
UPDATE webhook_deliveries SET state = 'sent', said = :said, sent_at = :at
WHERE message_id = :message_id AND endpoint_id = :endpoint_id AND state IN ('waiting', 'held', 'dead');

-- name: retry_webhook
-- Later again, unless another node took it meanwhile or somebody has begun anew.
UPDATE webhook_deliveries SET next_at = :next_at, said = :said
WHERE message_id = :message_id AND endpoint_id = :endpoint_id AND attempts = :attempts AND state IN ('waiting', 'held');

-- name: bury_webhook
-- There are no more tries.
UPDATE webhook_deliveries SET state = 'dead', said = :said
WHERE message_id = :message_id AND endpoint_id = :endpoint_id AND attempts = :attempts AND state IN ('waiting', 'held');

-- name: replay_webhooks
-- What is dead is tried anew, as if it were new: one of them, or, for 0, all.
UPDATE webhook_deliveries SET attempts = 0, next_at = :at,
    state = CASE WHEN (SELECT e.active FROM webhook_endpoints AS e WHERE e.id = :endpoint_id) = 1 THEN 'waiting' ELSE 'held' END
WHERE endpoint_id = :endpoint_id AND state = 'dead' AND (CAST(:message_id AS BIGINT) = 0 OR message_id = CAST(:message_id AS BIGINT));

-- name: add_webhook
-- A target that was typed in the console.
INSERT INTO webhook_endpoints (id, name, url, secret, old_secret, old_until, trusted, active, revision, created_at)
VALUES (:id, :name, :url, :secret, '', NULL, 0, 1, 1, :at);

-- name: change_webhook
-- Its name and address.
UPDATE webhook_endpoints SET name = :name, url = :url, active = :active, revision = revision + 1
WHERE id = :id AND revision = :revision;

-- name: rotate_webhook
-- Another secret; the one before signs as well for a while.
UPDATE webhook_endpoints SET old_secret = secret, old_until = :old_until, secret = :secret, revision = revision + 1
WHERE id = :id AND revision = :revision AND trusted = 0;

-- name: pause_webhook
-- It wants nothing any more, as it has said itself.
UPDATE webhook_endpoints SET active = 0, revision = revision + 1 WHERE id = :id AND active = 1;

-- name: hold_webhooks
-- What waits for an endpoint that pauses does so without being looked at.
UPDATE webhook_deliveries SET state = 'held' WHERE endpoint_id = :id AND state = 'waiting';

-- name: free_webhooks
-- Of endpoints that pause no more: it may leave.
UPDATE webhook_deliveries SET state = 'waiting' WHERE state = 'held'
    AND endpoint_id IN (SELECT e.id FROM webhook_endpoints AS e WHERE e.active = 1);

-- name: drop_webhook_deliveries
-- With their endpoint.
DELETE FROM webhook_deliveries WHERE endpoint_id = :id;

-- name: drop_webhook
-- Nothing goes there any more.
DELETE FROM webhook_endpoints WHERE id = :id AND revision = :revision;

-- name: settle_webhook
-- As the settings have it. One that had left them begins anew; one that was typed under this name is theirs now.
INSERT INTO webhook_endpoints (id, name, url, secret, old_secret, old_until, trusted, active, revision, created_at)
VALUES (:id, :name, :url, '', '', NULL, 1, 1, 1, :at)
ON CONFLICT (name) DO UPDATE SET
    active = CASE WHEN webhook_endpoints.url = '' THEN 1 ELSE webhook_endpoints.active END,
    url = excluded.url, secret = '', old_secret = '', old_until = NULL, trusted = 1,
    revision = webhook_endpoints.revision + 1;

-- name: unsettle_webhook
-- It stands in the settings no more; what became of its deliveries is kept.
UPDATE webhook_endpoints SET url = '', active = 0, revision = revision + 1 WHERE id = :id AND trusted = 1;

-- name: drop_old_webhooks
-- What has arrived is known for so long, what has not for longer.
DELETE FROM webhook_deliveries WHERE (state = 'sent' AND created_at < :before) OR created_at < :long_before;
