-- name: complaints_by_ids
-- Complaints with the names that their screens show. `ids` is a JSON array.
SELECT c.id, c.thread_id, c.buyer_id, c.shop_id, c.state, c.revision, c.opened_at, c.text, c.facts, c.due_at, c.due_from,
    c.answer, c.answered_at, c.not_solved, c.decision, c.mediator_id, c.closed_at, b.name AS buyer_name, s.name AS shop_name,
    COALESCE(p.title, o.external_id, '') AS about
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN complaints AS c ON c.id = CAST(j.value AS BIGINT)
JOIN people AS b ON b.id = c.buyer_id JOIN shops AS s ON s.id = c.shop_id JOIN threads AS t ON t.id = c.thread_id
LEFT JOIN products AS p ON p.id = t.product_id LEFT JOIN orders AS o ON o.id = t.order_id;
