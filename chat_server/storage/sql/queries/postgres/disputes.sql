-- How a JSON array becomes rows differs; and an event is placed in the stream by its transaction.

-- name: disputes_by_ids
-- Disputes of a list. `ids` is a JSON array.
SELECT d.id, d.thread_id, d.order_id, d.line_id, d.buyer_id, d.shop_id, d.state, d.revision, d.reason, d.currency,
    d.asked_kind, d.asked_units, d.wish_kind, d.wish_units, d.opened_at, d.due_at, d.due_from, d.offer_kind,
    d.offer_units, d.answered_at, d.rejected, d.proposal_kind, d.proposal_units, d.agreed, d.mediation_at,
    d.mediator_id, d.remedy_kind, d.remedy_units, d.decided_by, d.decision, d.free_return, d.address, d.carrier,
    d.tracking, d.contested, d.alarmed, d.reopened, d.final, d.closed_at, d.grace_ms
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN disputes AS d ON d.id = CAST(j.value AS BIGINT);

-- name: open_dispute_thread
-- Where a dispute is settled, between buyer and shop; its opening is the first event.
INSERT INTO threads (id, kind, customer_id, shop_id, product_id, order_id, state, last_seq, last_posted, last_at, created_at, last_tx)
VALUES (:thread_id, 'dispute', :buyer_id, :shop_id, NULL, :order_id, 'open', 1, 0, :at, :at, pg_current_xact_id())
RETURNING last_seq AS seq, 1 AS side, customer_id, shop_id, team_id;

-- name: evidence_of_disputes
-- What was put in, in its order. `ids` is a JSON array of disputes.
SELECT e.id, e.dispute_id, e.party, e.kind, e.text, e.full_name, e.thumb_name, e.width, e.height, e.sha256, e.at, e.said_at, e.said_side
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN dispute_evidence AS e ON e.dispute_id = CAST(j.value AS BIGINT) ORDER BY e.dispute_id, e.id;

-- name: uploads_of
-- Photos that somebody uploaded and that wait. `ids` is a JSON array.
SELECT p.id, p.full_name, p.thumb_name, p.width, p.height, p.sha256 FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN photos AS p ON p.id = CAST(j.value AS BIGINT)
WHERE p.owner_id = :me AND p.thread_id IS NULL AND p.seq IS NULL
    AND NOT EXISTS (SELECT 1 FROM review_photos AS r WHERE r.photo_id = p.id);

-- name: messages_to_copy
-- Messages of the thread of an order. `seqs` is a JSON array.
SELECT e.thread_id, e.seq, e.at, e.side, e.text, e.body FROM jsonb_array_elements_text(CAST(:seqs AS jsonb)) AS j (value)
JOIN threads AS t ON t.kind = 'order' AND t.order_id = :order_id
JOIN events AS e ON e.thread_id = t.id AND e.seq = CAST(j.value AS BIGINT) AND e.kind = 1 AND e.withdrawn_at IS NULL ORDER BY e.seq;

-- name: photos_by_ids
-- Files of photos. `ids` is a JSON array.
SELECT p.id, p.full_name, p.thumb_name, p.width, p.height, p.sha256 FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN photos AS p ON p.id = CAST(j.value AS BIGINT);

-- name: lines_in_dispute
-- Lines of orders with all that a dispute asks of them. `ids` is a JSON array.
SELECT l.id, l.order_id, l.line_key, l.title, l.photo_url, l.amount, l.quantity, l.paid_units, o.external_id AS order_key, o.buyer_id, o.shop_id,
    o.state AS order_state, o.revision AS order_revision, o.total_amount, o.total_currency AS currency, o.paid_at, o.ship_by, o.shipped_at, o.protected_until,
    o.received_at, o.received_by, o.free_return, o.placed_at,
    CAST(COALESCE((SELECT SUM(r.units) FROM refunds AS r WHERE r.order_id = l.order_id AND r.line_key = l.line_key), 0) AS BIGINT) AS refunded,
    CAST(COALESCE((SELECT SUM(a.paid_units) FROM order_lines AS a WHERE a.order_id = l.order_id), 0) AS BIGINT) AS order_paid,
    CAST(COALESCE((SELECT SUM(r.units) FROM refunds AS r WHERE r.order_id = l.order_id), 0) AS BIGINT) AS order_refunded,
    CAST(COALESCE((SELECT SUM(p.units) FROM dispute_refunds AS p WHERE p.order_id = l.order_id AND p.line_id <> l.id
        AND p.state IN ('pending', 'failed') AND NOT EXISTS (
            SELECT 1 FROM refunds AS k WHERE k.order_id = p.order_id AND k.refund_key = p.refund_key)), 0) AS BIGINT) AS order_asked
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN order_lines AS l ON l.id = CAST(j.value AS BIGINT) JOIN orders AS o ON o.id = l.order_id;

-- name: facts_of_disputes
-- How buyer and shop are called, and what was asked of the backend last. `ids` is a JSON array.
SELECT d.id, b.name AS buyer_name, s.name AS shop_name, f.refund_key, f.dispute_id, f.units, f.currency, f.state, f.reason, f.asked_at
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS j (value) JOIN disputes AS d ON d.id = CAST(j.value AS BIGINT)
JOIN people AS b ON b.id = d.buyer_id JOIN shops AS s ON s.id = d.shop_id
LEFT JOIN dispute_refunds AS f ON f.refund_key = (
    SELECT r.refund_key FROM dispute_refunds AS r WHERE r.dispute_id = d.id ORDER BY r.asked_at DESC LIMIT 1);

-- name: dispute_event
-- Gives a step its place in the thread, if the dispute is as it was seen. Whoever waits for another step looks at the
-- dispute anew when he has its lock: a subquery of the condition would still see it as it was.
UPDATE threads SET last_seq = last_seq + 1, last_at = :at
FROM (SELECT d.thread_id FROM disputes AS d WHERE d.thread_id = :thread_id AND d.revision = :seen FOR UPDATE) AS s
WHERE threads.id = s.thread_id
RETURNING last_seq AS seq, CAST(:side AS BIGINT) AS side, customer_id, shop_id, team_id;

-- name: mediators_room
-- Posts a mediator's words in the thread of his case. Whoever waits for a step looks at the case anew, as above.
UPDATE threads SET last_seq = last_seq + 1, last_posted = last_seq + 1, last_at = :at
FROM (SELECT d.thread_id FROM disputes AS d
    WHERE d.thread_id = :thread_id AND d.mediator_id = :me AND d.state = 'mediation' FOR SHARE) AS s
WHERE threads.id = s.thread_id AND kind = 'dispute'
    AND NOT EXISTS (SELECT 1 FROM events AS e WHERE e.client_key = :client_key AND e.author_id = :me)
    AND NOT EXISTS (SELECT 1 FROM client_writes AS w WHERE w.client_key = :client_key AND w.person_id = :me)
RETURNING last_seq AS seq, 3 AS side, customer_id, shop_id, team_id;
