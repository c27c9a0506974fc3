-- name: thread_cards
-- Threads with all that a list shows; only those that this person may read. `ids` is a JSON array;
-- `desk` is 1 for agents, who see the support threads of their teams, 2 for supervisors, who see all, else 0.
SELECT t.id, t.kind, t.customer_id, c.name AS customer_name, t.shop_id, s.name AS shop_name,
    t.product_id, r.title AS product_title, r.url AS product_url, r.photo_url AS product_photo,
    r.price_amount, r.price_currency, t.order_id,
    t.last_seq, t.last_posted, t.last_at, t.created_at, t.waiting_since,
    e.at AS message_at, e.side AS message_side, e.author_id AS message_author, e.text AS message_text,
    e.body AS message_body, e.target AS message_target, e.edited_at AS message_edited,
    e.withdrawn_at AS message_withdrawn, e.client_key AS message_key,
    COALESCE(p.read, 0) AS read, COALESCE(p.muted, 0) AS muted, COALESCE(p.archived, 0) AS archived,
    (SELECT MAX(x.delivered) FROM participants AS x WHERE x.thread_id = t.id AND x.side = 1) AS customer_delivered,
    (SELECT MAX(x.read) FROM participants AS x WHERE x.thread_id = t.id AND x.side = 1) AS customer_read,
    (SELECT MAX(x.delivered) FROM participants AS x WHERE x.thread_id = t.id AND x.side <> 1) AS shop_delivered,
    (SELECT MAX(x.read) FROM participants AS x WHERE x.thread_id = t.id AND x.side <> 1) AS shop_read,
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM events AS u
        WHERE u.thread_id = t.id AND u.seq > COALESCE(p.read, 0) AND u.kind = 1
            AND (u.author_id IS NULL OR u.author_id <> :me) AND (CAST(:desk AS BIGINT) = 0 OR u.side = 1)
        LIMIT 1000) AS unread_events) AS unread,
    (SELECT CAST(SUM(b.by_side) AS BIGINT) FROM blocks AS b
        WHERE b.customer_id = t.customer_id AND b.shop_id = t.shop_id) AS blocked,
    t.state, t.topic,
    (SELECT a.name FROM people AS a WHERE a.id = t.agent_id) AS agent_name,
    CASE WHEN t.state = 'resolved' THEN (
        SELECT COALESCE(ep.csat, 0) FROM episodes AS ep
        WHERE ep.thread_id = t.id AND ep.number = t.episode AND ep.resolved_at IS NOT NULL) END AS csat,
    CASE WHEN t.kind = 'dispute' THEN (SELECT d.id FROM disputes AS d WHERE d.thread_id = t.id) END AS dispute_id,
    h.away_until AS shop_away_until,
    CASE WHEN t.waiting_since IS NOT NULL AND h.holidays <> '[]' THEN h.holidays END AS shop_holidays
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value)
JOIN threads AS t ON t.id = CAST(j.value AS BIGINT)
JOIN people AS c ON c.id = t.customer_id
LEFT JOIN shops AS s ON s.id = t.shop_id
LEFT JOIN products AS r ON r.id = t.product_id
LEFT JOIN events AS e ON e.thread_id = t.id AND e.seq = t.last_posted
LEFT JOIN participants AS p ON p.thread_id = t.id AND p.person_id = :me
LEFT JOIN shop_hours AS h ON h.shop_id = t.shop_id
WHERE t.customer_id = :me OR (t.kind = 'support' AND (CAST(:desk AS BIGINT) = 2 OR (CAST(:desk AS BIGINT) = 1 AND EXISTS (
        SELECT 1 FROM team_members AS d WHERE d.team_id = t.team_id AND d.person_id = :me)))) OR EXISTS (
    SELECT 1 FROM shop_members AS m WHERE m.shop_id = t.shop_id AND m.person_id = :me);

-- name: events_since
-- What was missed in many threads at once. `known` is a JSON array of [thread, seq]; at most :bound + 1 each.
SELECT e.thread_id, e.seq, e.kind, e.at, e.side, e.author_id,
    CASE WHEN e.kind = 2 THEN (SELECT m.text FROM events AS m WHERE m.thread_id = e.thread_id AND m.seq = e.target) ELSE e.text END AS text,
    e.body, e.target, e.edited_at, e.withdrawn_at, e.client_key, t.customer_id, t.shop_id, t.team_id
FROM jsonb_array_elements(CAST(:known AS jsonb)) AS j (value)
JOIN threads AS t ON t.id = CAST(j.value ->> 0 AS BIGINT)
JOIN events AS e ON e.thread_id = t.id
    AND e.seq > GREATEST(CAST(j.value ->> 1 AS BIGINT), t.last_seq - CAST(:bound AS BIGINT))
WHERE t.customer_id = :me OR (t.kind = 'support' AND (CAST(:desk AS BIGINT) = 2 OR (CAST(:desk AS BIGINT) = 1 AND EXISTS (
        SELECT 1 FROM team_members AS d WHERE d.team_id = t.team_id AND d.person_id = :me)))) OR EXISTS (
    SELECT 1 FROM shop_members AS m WHERE m.shop_id = t.shop_id AND m.person_id = :me)
ORDER BY e.thread_id, e.seq;

-- name: put_marks
-- A batch of `put_mark`, no thread and person twice; rows are locked in one order. Refused ones are missing from
-- what it returns.
WITH given AS (
    SELECT * FROM unnest(
        CAST(:thread_id AS BIGINT []), CAST(:me AS BIGINT []), CAST(:delivered AS BIGINT []), CAST(:read AS BIGINT []))
    WITH ORDINALITY AS g (thread_id, me, delivered, read, n)
),
allowed AS MATERIALIZED (
    SELECT g.n, g.thread_id, g.me, CASE WHEN t.customer_id = g.me THEN 1 ELSE 2 END AS side,
        LEAST(GREATEST(g.delivered, g.read), t.last_seq) AS delivered, LEAST(g.read, t.last_seq) AS read
    FROM given AS g JOIN threads AS t ON t.id = g.thread_id
    WHERE t.customer_id = g.me
        OR (SELECT 1 FROM shop_members AS m WHERE m.shop_id = t.shop_id AND m.person_id = g.me) IS NOT NULL
),
put AS (
    INSERT INTO participants (thread_id, person_id, side, delivered, read, muted, archived)
    SELECT a.thread_id, a.me, a.side, a.delivered, a.read, 0, 0 FROM allowed AS a ORDER BY a.thread_id, a.me
    ON CONFLICT (thread_id, person_id) DO UPDATE SET
        delivered = GREATEST(excluded.delivered, participants.delivered),
        read = GREATEST(excluded.read, participants.read)
    RETURNING thread_id, person_id, side, delivered, read
)
SELECT a.n, p.side, p.delivered, p.read
FROM put AS p JOIN allowed AS a ON a.thread_id = p.thread_id AND a.me = p.person_id;
