-- name: post_messages
-- A whole batch of `post_message` with its `insert_event`, by one statement: it waits for no thread that another
-- transaction holds, and holds its own only while it runs. Of what it returns, messages to threads that were held
-- have no seq, and refused ones are missing.
WITH given AS (
    SELECT * FROM unnest(
        CAST(:thread_id AS BIGINT []), CAST(:me AS BIGINT []), CAST(:at AS BIGINT []), CAST(:grace AS BIGINT []),
        CAST(:kind AS BIGINT []), CAST(:target AS BIGINT []), CAST(:client_key AS TEXT []), CAST(:text AS TEXT []),
        CAST(:body AS TEXT []), CAST(:body_hash AS BYTEA []))
    WITH ORDINALITY AS g (thread_id, me, at, grace, kind, target, client_key, text, body, body_hash, n)
),
locked AS MATERIALIZED (
    SELECT t.id, t.kind, t.customer_id, t.shop_id, t.team_id, t.order_id, t.last_seq, t.last_tx
    FROM threads AS t WHERE t.id = ANY(CAST(:thread_id AS BIGINT [])) ORDER BY t.id FOR NO KEY UPDATE SKIP LOCKED
),
accepted AS MATERIALIZED (
    SELECT g.*, l.customer_id, l.shop_id, l.team_id,
        CASE WHEN l.customer_id = g.me THEN 1 ELSE 2 END AS side,
        l.last_seq + ROW_NUMBER() OVER (PARTITION BY l.id ORDER BY g.n) AS seq,
        GREATEST(l.last_tx, pg_current_xact_id()) AS tx
    FROM given AS g JOIN locked AS l ON l.id = g.thread_id
    WHERE (l.customer_id = g.me
            OR (SELECT 1 FROM shop_members AS m WHERE m.shop_id = l.shop_id AND m.person_id = g.me) IS NOT NULL)
        AND (SELECT 1 FROM events AS e WHERE e.client_key = g.client_key AND e.author_id = g.me) IS NULL
        AND (SELECT 1 FROM client_writes AS w WHERE w.client_key = g.client_key AND w.person_id = g.me) IS NULL
        AND (g.target IS NULL
            OR (SELECT 1 FROM events AS r WHERE r.thread_id = l.id AND r.seq = g.target AND r.kind = 1) IS NOT NULL)
        AND NOT EXISTS (
            SELECT 1 FROM blocks AS b
            WHERE l.kind <> 'dispute' AND b.customer_id = l.customer_id AND b.shop_id = l.shop_id
                AND NOT EXISTS (
                    SELECT 1 FROM orders AS o
                    WHERE l.kind = 'order' AND o.id = l.order_id AND o.paid_at IS NOT NULL
                        AND (o.protected_until IS NULL OR o.protected_until + g.grace > g.at)))
),
marked AS (
    SELECT a.thread_id, a.n, a.at, MAX(a.n) FILTER (WHERE a.side = 2) OVER (PARTITION BY a.thread_id) AS answered
    FROM accepted AS a
),
moves AS (
    SELECT thread_id, COUNT(*) AS events, MAX(at) AS last_at, MAX(answered) AS answered,
        MIN(at) FILTER (WHERE answered IS NULL OR n > answered) AS asked_at
    FROM marked GROUP BY thread_id
),
moved AS (
    UPDATE threads AS t SET
        last_seq = t.last_seq + m.events,
        last_posted = t.last_seq + m.events,
        last_tx = GREATEST(t.last_tx, pg_current_xact_id()),
        last_at = m.last_at,
        waiting_since = CASE WHEN m.answered IS NULL THEN COALESCE(t.waiting_since, m.asked_at) ELSE m.asked_at END
    FROM moves AS m WHERE t.id = m.thread_id
),
written AS (
    INSERT INTO events (tx, thread_id, seq, kind, at, side, author_id, text, body, target, client_key, body_hash)
    SELECT a.tx, a.thread_id, a.seq, a.kind, a.at, a.side, a.me, a.text, a.body, a.target, a.client_key, a.body_hash
    FROM accepted AS a ORDER BY a.n
)
SELECT a.n, a.seq, a.side, a.customer_id, a.shop_id, a.team_id FROM accepted AS a
UNION ALL
SELECT g.n, NULL, NULL, NULL, NULL, NULL FROM given AS g
WHERE (SELECT COUNT(*) FROM locked) < (SELECT COUNT(DISTINCT d.thread_id) FROM given AS d)
    AND g.thread_id NOT IN (SELECT l.id FROM locked AS l)
    AND (SELECT t.id FROM threads AS t WHERE t.id = g.thread_id) IS NOT NULL;
