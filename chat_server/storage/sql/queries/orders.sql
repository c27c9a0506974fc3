-- name: order_by_external_id
-- What stands of an order.
SELECT id, external_id, buyer_id, shop_id, state, version, revision, total_amount, total_currency, placed_at,
    paid_at, ship_by, shipped_at, promised_days, carrier, tracking, protected_until, received_at, received_by
FROM orders WHERE external_id = :external_id;

-- name: order_by_id
-- What stands of an order.
SELECT id, external_id, buyer_id, shop_id, state, version, revision, total_amount, total_currency, placed_at,
    paid_at, ship_by, shipped_at, promised_days, carrier, tracking, protected_until, received_at, received_by
FROM orders WHERE id = :order_id;

-- name: add_order
-- An order, when first heard of.
INSERT INTO orders (id, external_id, buyer_id, shop_id, state, version, revision, total_amount, total_currency,
    placed_at, paid_at, ship_by, shipped_at, promised_days, carrier, tracking, protected_until, free_return, received_at, received_by)
VALUES (:id, :external_id, :buyer_id, :shop_id, :state, :version, 1, :total_amount, :total_currency,
    :placed_at, :paid_at, :ship_by, :shipped_at, :promised_days, :carrier, :tracking, :protected_until, :free_return, :received_at, :received_by);

-- name: update_order
-- Revision-checked: of two changes at once, one looks again.
UPDATE orders SET state = :state, version = :version, revision = revision + 1,
    total_amount = :total_amount, total_currency = :total_currency, placed_at = :placed_at, paid_at = :paid_at,
    ship_by = :ship_by, shipped_at = :shipped_at, promised_days = :promised_days, carrier = :carrier,
    tracking = :tracking, protected_until = :protected_until, free_return = :free_return, received_at = :received_at, received_by = :received_by
WHERE id = :id AND revision = :revision;

-- name: receive_order
-- Receipt, by whomever; once.
UPDATE orders SET state = 'received', received_at = :at, received_by = :received_by, revision = revision + 1
WHERE id = :id AND revision = :revision;

-- name: put_order_line
-- A line; its key never changes.
INSERT INTO order_lines (id, order_id, line_key, place, title, photo_url, amount, currency, quantity, product_key, paid_units)
VALUES (:id, :order_id, :line_key, :place, :title, :photo_url, :amount, :currency, :quantity, :product_key, :paid_units)
ON CONFLICT (order_id, line_key) DO UPDATE SET place = excluded.place, title = excluded.title,
    photo_url = excluded.photo_url, amount = excluded.amount, currency = excluded.currency,
    quantity = excluded.quantity, product_key = excluded.product_key,
    paid_units = excluded.paid_units;

-- name: put_refund
-- A refund made elsewhere, once per key.
INSERT INTO refunds (order_id, refund_key, line_key, amount, currency, told_at, reason, units)
VALUES (:order_id, :refund_key, :line_key, :amount, :currency, :at, :reason, :units)
ON CONFLICT (order_id, refund_key) DO NOTHING;

-- name: order_ids_of_buyer
-- A page of what somebody bought, newest first.
SELECT id, placed_at FROM orders
WHERE buyer_id = :me AND (placed_at < :before_at OR (placed_at = :before_at AND id < :before_id))
ORDER BY placed_at DESC, id DESC LIMIT :limit;

-- name: order_ids_of_shop
-- A page of what a shop sold to others than this person, newest first.
SELECT id, placed_at FROM orders
WHERE shop_id = :shop_id AND buyer_id <> :me AND (placed_at < :before_at OR (placed_at = :before_at AND id < :before_id))
ORDER BY placed_at DESC, id DESC LIMIT :limit;

-- name: order_cards
-- Orders as their parties see them; only those that this person may read. `ids` is a JSON array.
SELECT o.id, o.external_id, o.buyer_id, c.name AS buyer_name, o.shop_id, s.name AS shop_name, o.state, o.version,
    o.total_amount, o.total_currency, o.placed_at, o.paid_at, o.ship_by, o.shipped_at, o.promised_days,
    o.carrier, o.tracking, o.protected_until, o.received_at, o.received_by, t.id AS thread_id
FROM json_each(:ids) AS j
JOIN orders AS o ON o.id = j.value
JOIN people AS c ON c.id = o.buyer_id
JOIN shops AS s ON s.id = o.shop_id
LEFT JOIN threads AS t ON t.kind = 'order' AND t.order_id = o.id
WHERE o.buyer_id = :me OR EXISTS (
    SELECT 1 FROM shop_members AS m WHERE m.shop_id = o.shop_id AND m.person_id = :me);

-- name: lines_of_orders
-- The lines of many orders. `ids` is a JSON array.
SELECT l.order_id, l.id, l.title, l.photo_url, l.amount, l.currency, l.quantity
FROM json_each(:ids) AS j JOIN order_lines AS l ON l.order_id = j.value
ORDER BY l.order_id, l.place, l.id;

-- name: line_keys
-- The keys of the lines of one order.
SELECT line_key FROM order_lines WHERE order_id = :order_id;

-- name: open_dispute_ids
-- What is disputed of an order.
SELECT id FROM disputes WHERE order_id = :order_id AND closed_at IS NULL ORDER BY id;
