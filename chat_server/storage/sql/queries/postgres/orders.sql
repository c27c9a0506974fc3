-- name: order_cards
-- Orders as their parties see them; only those that this person may read. `ids` is a JSON array.
SELECT o.id, o.external_id, o.buyer_id, c.name AS buyer_name, o.shop_id, s.name AS shop_name, o.state, o.version,
    o.total_amount, o.total_currency, o.placed_at, o.paid_at, o.ship_by, o.shipped_at, o.promised_days,
    o.carrier, o.tracking, o.protected_until, o.received_at, o.received_by, t.id AS thread_id
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value)
JOIN orders AS o ON o.id = CAST(j.value AS BIGINT)
JOIN people AS c ON c.id = o.buyer_id
JOIN shops AS s ON s.id = o.shop_id
LEFT JOIN threads AS t ON t.kind = 'order' AND t.order_id = o.id
WHERE o.buyer_id = :me OR EXISTS (
    SELECT 1 FROM shop_members AS m WHERE m.shop_id = o.shop_id AND m.person_id = :me);

-- name: lines_of_orders
-- The lines of many orders. `ids` is a JSON array.
SELECT l.order_id, l.id, l.title, l.photo_url, l.amount, l.currency, l.quantity
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN order_lines AS l ON l.order_id = CAST(j.value AS BIGINT)
ORDER BY l.order_id, l.place, l.id;
