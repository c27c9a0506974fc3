-- name: thread_by_id
-- One thread without what only lists need.
SELECT id, kind, customer_id, shop_id, product_id, order_id, last_seq, last_at, created_at, team_id
FROM threads WHERE id = :thread_id;

-- name: thread_ids_of_customer
-- A page of a customer's threads, newest activity first.
SELECT t.id, t.last_at FROM threads AS t
LEFT JOIN participants AS p ON p.thread_id = t.id AND p.person_id = :me
WHERE t.customer_id = :me
    AND (t.last_at < :before_at OR (t.last_at = :before_at AND t.id < :before_id))
    AND (CASE WHEN p.archived > t.last_posted THEN 1 ELSE 0 END) = :archived
ORDER BY t.last_at DESC, t.id DESC LIMIT :limit;

-- name: thread_ids_of_shop
-- A page of a shop's threads, newest activity first, as one of its people sees them. Nobody's silence is listed,
-- nor what he is the customer of: that stands on his other list.
SELECT t.id, t.last_at FROM threads AS t
LEFT JOIN participants AS p ON p.thread_id = t.id AND p.person_id = :me
WHERE t.shop_id = :shop_id AND (t.last_posted > 0 OR t.kind = 'dispute') AND t.customer_id <> :me
    AND (t.last_at < :before_at OR (t.last_at = :before_at AND t.id < :before_id))
    AND (CASE WHEN p.archived > t.last_posted THEN 1 ELSE 0 END) = :archived
ORDER BY t.last_at DESC, t.id DESC LIMIT :limit;

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
FROM json_each(:ids) AS j
JOIN threads AS t ON t.id = j.value
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
FROM json_each(:known) AS j
JOIN threads AS t ON t.id = json_extract(j.value, '$[0]')
JOIN events AS e ON e.thread_id = t.id
    AND e.seq > CASE
        WHEN t.last_seq - json_extract(j.value, '$[1]') > :bound THEN t.last_seq - :bound
        ELSE json_extract(j.value, '$[1]') END
WHERE t.customer_id = :me OR (t.kind = 'support' AND (CAST(:desk AS BIGINT) = 2 OR (CAST(:desk AS BIGINT) = 1 AND EXISTS (
        SELECT 1 FROM team_members AS d WHERE d.team_id = t.team_id AND d.person_id = :me)))) OR EXISTS (
    SELECT 1 FROM shop_members AS m WHERE m.shop_id = t.shop_id AND m.person_id = :me)
ORDER BY e.thread_id, e.seq;

-- name: product_thread
-- The one thread of a buyer about a product.
SELECT id, kind, customer_id, shop_id, product_id, order_id, last_seq, last_at, created_at, team_id
FROM threads WHERE kind = 'product' AND customer_id = :customer_id AND product_id = :product_id;

-- name: order_thread
-- The one thread of an order.
SELECT id, kind, customer_id, shop_id, product_id, order_id, last_seq, last_at, created_at, team_id
FROM threads WHERE kind = 'order' AND order_id = :order_id;

-- name: open_thread
-- A new thread; the unique indexes refuse a second one.
INSERT INTO threads (id, kind, customer_id, shop_id, product_id, order_id, state, last_seq, last_posted, last_at, created_at)
VALUES (:id, :kind, :customer_id, :shop_id, :product_id, :order_id, 'open', 0, 0, :at, :at);

-- name: open_product_thread
-- A new product thread, unless one side has blocked the other.
INSERT INTO threads (id, kind, customer_id, shop_id, product_id, order_id, state, last_seq, last_posted, last_at, created_at)
SELECT CAST(:id AS BIGINT), 'product', CAST(:customer_id AS BIGINT), CAST(:shop_id AS BIGINT), CAST(:product_id AS BIGINT),
    NULL, 'open', 0, 0, CAST(:at AS BIGINT), CAST(:at AS BIGINT)
FROM products AS r
WHERE r.id = :product_id
    AND NOT EXISTS (SELECT 1 FROM blocks AS b WHERE b.customer_id = :customer_id AND b.shop_id = :shop_id);

-- name: state_event
-- Gives an event of the system its place in a thread.
UPDATE threads SET last_seq = last_seq + 1 WHERE id = :thread_id
RETURNING last_seq AS seq, 5 AS side, customer_id, shop_id, team_id;

-- name: put_mark
-- Marks only rise, never past the end, and only for parties.
INSERT INTO participants (thread_id, person_id, side, delivered, read, muted, archived)
SELECT t.id, CAST(:me AS BIGINT), CASE WHEN t.customer_id = :me THEN 1 ELSE 2 END,
    CASE WHEN CAST(:delivered AS BIGINT) > CAST(:read AS BIGINT)
        THEN (CASE WHEN CAST(:delivered AS BIGINT) > t.last_seq THEN t.last_seq ELSE CAST(:delivered AS BIGINT) END)
        ELSE (CASE WHEN CAST(:read AS BIGINT) > t.last_seq THEN t.last_seq ELSE CAST(:read AS BIGINT) END) END,
    CASE WHEN CAST(:read AS BIGINT) > t.last_seq THEN t.last_seq ELSE CAST(:read AS BIGINT) END, 0, 0
FROM threads AS t
WHERE t.id = :thread_id AND (t.customer_id = :me OR EXISTS (
    SELECT 1 FROM shop_members AS m WHERE m.shop_id = t.shop_id AND m.person_id = :me))
ON CONFLICT (thread_id, person_id) DO UPDATE SET
    delivered = CASE WHEN excluded.delivered > participants.delivered THEN excluded.delivered ELSE participants.delivered END,
    read = CASE WHEN excluded.read > participants.read THEN excluded.read ELSE participants.read END
RETURNING side, delivered, read;

-- name: put_desk_mark
-- The same for somebody of the desk; whether the thread is one of his teams' is looked into here.
INSERT INTO participants (thread_id, person_id, side, delivered, read, muted, archived)
SELECT t.id, CAST(:me AS BIGINT), 3,
    CASE WHEN CAST(:delivered AS BIGINT) > t.last_seq THEN t.last_seq ELSE CAST(:delivered AS BIGINT) END,
    CASE WHEN CAST(:read AS BIGINT) > t.last_seq THEN t.last_seq ELSE CAST(:read AS BIGINT) END, 0, 0
FROM threads AS t
WHERE t.id = :thread_id AND t.kind = 'support' AND EXISTS (
    SELECT 1 FROM people AS p WHERE p.id = :me AND p.kind = 'staff' AND (p.role = 'supervisor' OR EXISTS (
        SELECT 1 FROM team_members AS m WHERE m.team_id = t.team_id AND m.person_id = :me)))
ON CONFLICT (thread_id, person_id) DO UPDATE SET
    delivered = CASE WHEN excluded.delivered > participants.delivered THEN excluded.delivered ELSE participants.delivered END,
    read = CASE WHEN excluded.read > participants.read THEN excluded.read ELSE participants.read END
RETURNING side, delivered, read;

-- name: put_settings
-- A person's own settings of a thread; NULL leaves one as it stands. Archiving holds until the next message.
INSERT INTO participants (thread_id, person_id, side, delivered, read, muted, archived)
SELECT t.id, CAST(:me AS BIGINT), CASE WHEN t.customer_id = :me THEN 1 ELSE 2 END, 0, 0,
    COALESCE(CAST(:muted AS INTEGER), 0),
    CASE WHEN CAST(:archived AS INTEGER) = 1 THEN t.last_posted + 1 ELSE 0 END
FROM threads AS t
WHERE t.id = :thread_id AND (t.customer_id = :me OR EXISTS (
    SELECT 1 FROM shop_members AS m WHERE m.shop_id = t.shop_id AND m.person_id = :me))
ON CONFLICT (thread_id, person_id) DO UPDATE SET
    muted = COALESCE(CAST(:muted AS INTEGER), participants.muted),
    archived = CASE WHEN CAST(:archived AS INTEGER) IS NULL THEN participants.archived ELSE excluded.archived END;

-- name: side_marks
-- How far each side of a thread has come.
SELECT side, MAX(delivered) AS delivered, MAX(read) AS read
FROM participants WHERE thread_id = :thread_id GROUP BY side ORDER BY side;

-- name: unread_of
-- Unread messages of one person in one thread; the desk counts only what the customer said.
SELECT COUNT(*) AS unread FROM (
    SELECT 1 FROM events AS u
    WHERE u.thread_id = :thread_id AND u.kind = 1 AND (u.author_id IS NULL OR u.author_id <> :me)
        AND (CAST(:desk AS BIGINT) = 0 OR u.side = 1)
        AND u.seq > COALESCE((SELECT p.read FROM participants AS p WHERE p.thread_id = :thread_id AND p.person_id = :me), 0)
    LIMIT 1000) AS unread_events;

-- name: unread_total
-- Unread messages, and threads with any, in what is neither muted nor archived.
SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) AS messages, COUNT(*) AS threads FROM (
    SELECT (SELECT COUNT(*) FROM (
        SELECT 1 FROM events AS u
        WHERE u.thread_id = t.id AND u.seq > COALESCE(p.read, 0) AND u.kind = 1
            AND (u.author_id IS NULL OR u.author_id <> :me)
        LIMIT 1000) AS unread_events) AS n
    FROM threads AS t
    LEFT JOIN participants AS p ON p.thread_id = t.id AND p.person_id = :me
    WHERE (t.customer_id = :me OR t.shop_id IN (SELECT m.shop_id FROM shop_members AS m WHERE m.person_id = :me))
        AND t.last_posted > COALESCE(p.read, 0)
        AND COALESCE(p.muted, 0) = 0 AND COALESCE(p.archived, 0) <= t.last_posted
) AS counted WHERE n > 0;

-- name: block_pair
-- One side of a pair no longer wishes to hear from the other.
INSERT INTO blocks (customer_id, shop_id, by_side, by_person, at)
VALUES (:customer_id, :shop_id, :side, :me, :at)
ON CONFLICT (customer_id, shop_id, by_side) DO NOTHING;

-- name: unblock_pair
-- It does again.
DELETE FROM blocks WHERE customer_id = :customer_id AND shop_id = :shop_id AND by_side = :side;

-- name: pair_blocked
-- Whether either side has blocked the other.
SELECT CAST(COALESCE(SUM(by_side), 0) AS BIGINT) AS blocked FROM blocks WHERE customer_id = :customer_id AND shop_id = :shop_id;
