-- name: give_notice
-- Tells one person something.
INSERT INTO notices (id, person_id, shop_id, kind, subject_id, params, at, read_at)
VALUES (:notice_id, :person_id, NULL, :kind, :subject_id, :params, :at, NULL);

-- name: give_shop_notice
-- Tells all people of a shop something.
INSERT INTO notices (id, person_id, shop_id, kind, subject_id, params, at, read_at)
SELECT CAST(:notice_id AS BIGINT), m.person_id, m.shop_id, CAST(:kind AS TEXT), CAST(:subject_id AS BIGINT), CAST(:params AS TEXT),
    CAST(:at AS BIGINT), NULL
FROM shop_members AS m WHERE m.shop_id = :shop_id;

-- name: notices_of
-- A page of what somebody was told, newest first: his own affairs, or those of the shops that he is of now.
SELECT n.id, n.person_id, n.shop_id, n.kind, n.subject_id, n.params, n.at, n.read_at FROM notices AS n
WHERE n.person_id = :me AND n.id < :before AND ((CAST(:shops AS BIGINT) = 0 AND n.shop_id IS NULL)
    OR (CAST(:shops AS BIGINT) = 1 AND EXISTS (
        SELECT 1 FROM shop_members AS m WHERE m.shop_id = n.shop_id AND m.person_id = n.person_id)))
ORDER BY n.id DESC LIMIT :limit;

-- name: notices_unread
-- How many of them he has not seen: his own, and those of his shops.
SELECT CAST(COALESCE(SUM(CASE WHEN n.shop_id IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS mine,
    CAST(COALESCE(SUM(CASE WHEN n.shop_id IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS shops
FROM notices AS n WHERE n.person_id = :me AND n.read_at IS NULL AND (n.shop_id IS NULL OR EXISTS (
    SELECT 1 FROM shop_members AS m WHERE m.shop_id = n.shop_id AND m.person_id = n.person_id));

-- name: read_notices
-- He has seen all of one side up to one.
UPDATE notices SET read_at = :at
WHERE person_id = :me AND read_at IS NULL AND id <= :until
    AND ((CAST(:shops AS BIGINT) = 0 AND shop_id IS NULL) OR (CAST(:shops AS BIGINT) = 1 AND shop_id IS NOT NULL));

-- name: read_reminders
-- What was to be rated is rated: nothing asks for it any more.
UPDATE notices SET read_at = :at
WHERE person_id = :me AND read_at IS NULL AND subject_id = :order_id AND kind IN ('rate_asked', 'rate_reminder');

-- name: notices_after
-- What was told to anybody after a notice, oldest first.
SELECT id, person_id, shop_id, kind, subject_id, params, at, read_at FROM notices
WHERE id > :after OR (id = :after AND person_id > :person) ORDER BY id, person_id LIMIT :limit;

-- name: drop_old_notices
-- Nobody looks for them any more.
DELETE FROM notices WHERE at < :before;

-- name: order_to_rate
-- Of an order: its buyer, and the first line that he has not rated.
SELECT o.buyer_id, o.received_at, s.name AS shop_name, l.title
FROM orders AS o JOIN shops AS s ON s.id = o.shop_id JOIN order_lines AS l ON l.order_id = o.id
WHERE o.id = :order_id AND NOT EXISTS (SELECT 1 FROM reviews AS r WHERE r.line_id = l.id)
ORDER BY l.place LIMIT 1;
