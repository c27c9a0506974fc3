-- name: queue_webhook
-- Something is to be told to every endpoint that is active.
INSERT INTO webhook_deliveries (message_id, endpoint_id, type, payload, created_at, next_at, attempts, state, said, sent_at)
SELECT CAST(:message_id AS BIGINT), e.id, CAST(:type AS TEXT), CAST(:payload AS TEXT), CAST(:at AS BIGINT), CAST(:at AS BIGINT), 0, 'waiting', '', NULL
FROM webhook_endpoints AS e WHERE e.active = 1;
