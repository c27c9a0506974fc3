-- name: dispute_by_id
-- A dispute as it stands.
SELECT id, thread_id, order_id, line_id, buyer_id, shop_id, state, revision, reason, currency, asked_kind, asked_units,
    wish_kind, wish_units, opened_at, due_at, due_from, offer_kind, offer_units, answered_at, rejected,
    proposal_kind, proposal_units, agreed, mediation_at, mediator_id, remedy_kind, remedy_units, decided_by,
    decision, free_return, address, carrier, tracking, contested, alarmed, reopened, final, closed_at, grace_ms
FROM disputes WHERE id = :dispute_id;

-- name: dispute_of_line
-- What was opened about a line.
SELECT id, thread_id, order_id, line_id, buyer_id, shop_id, state, revision, reason, currency, asked_kind, asked_units,
    wish_kind, wish_units, opened_at, due_at, due_from, offer_kind, offer_units, answered_at, rejected,
    proposal_kind, proposal_units, agreed, mediation_at, mediator_id, remedy_kind, remedy_units, decided_by,
    decision, free_return, address, carrier, tracking, contested, alarmed, reopened, final, closed_at, grace_ms
FROM disputes WHERE line_id = :line_id;

-- name: open_disputes_of_order
-- What is not settled yet of an order.
SELECT id, thread_id, order_id, line_id, buyer_id, shop_id, state, revision, reason, currency, asked_kind, asked_units,
    wish_kind, wish_units, opened_at, due_at, due_from, offer_kind, offer_units, answered_at, rejected,
    proposal_kind, proposal_units, agreed, mediation_at, mediator_id, remedy_kind, remedy_units, decided_by,
    decision, free_return, address, carrier, tracking, contested, alarmed, reopened, final, closed_at, grace_ms
FROM disputes WHERE order_id = :order_id AND closed_at IS NULL ORDER BY id;

-- name: disputes_by_ids
-- Disputes of a list. `ids` is a JSON array.
SELECT d.id, d.thread_id, d.order_id, d.line_id, d.buyer_id, d.shop_id, d.state, d.revision, d.reason, d.currency,
    d.asked_kind, d.asked_units, d.wish_kind, d.wish_units, d.opened_at, d.due_at, d.due_from, d.offer_kind,
    d.offer_units, d.answered_at, d.rejected, d.proposal_kind, d.proposal_units, d.agreed, d.mediation_at,
    d.mediator_id, d.remedy_kind, d.remedy_units, d.decided_by, d.decision, d.free_return, d.address, d.carrier,
    d.tracking, d.contested, d.alarmed, d.reopened, d.final, d.closed_at, d.grace_ms
FROM json_each(:ids) AS j JOIN disputes AS d ON d.id = j.value;

-- name: add_dispute
-- A dispute; the unique line refuses a second one.
INSERT INTO disputes (id, thread_id, order_id, line_id, buyer_id, shop_id, state, revision, reason, currency, asked_kind, asked_units,
    wish_kind, wish_units, opened_at, due_at, due_from, offer_kind, offer_units, answered_at, rejected,
    proposal_kind, proposal_units, agreed, mediation_at, mediator_id, remedy_kind, remedy_units, decided_by,
    decision, free_return, address, carrier, tracking, contested, alarmed, reopened, final, closed_at, grace_ms)
VALUES (:id, :thread_id, :order_id, :line_id, :buyer_id, :shop_id, :state, :revision, :reason, :currency, :asked_kind,
    :asked_units, :wish_kind, :wish_units, :opened_at, :due_at, :due_from, :offer_kind, :offer_units, :answered_at,
    :rejected, :proposal_kind, :proposal_units, :agreed, :mediation_at, :mediator_id, :remedy_kind, :remedy_units,
    :decided_by, :decision, :free_return, :address, :carrier, :tracking, :contested, :alarmed, :reopened, :final,
    :closed_at, :grace_ms);

-- name: save_dispute
-- What a step made of it. Of two steps at once, one touches no row.
UPDATE disputes SET revision = revision + 1,
    state = :state, asked_kind = :asked_kind, asked_units = :asked_units, wish_kind = :wish_kind, wish_units =
    :wish_units, opened_at = :opened_at, due_at = :due_at, due_from = :due_from, offer_kind = :offer_kind,
    offer_units = :offer_units, answered_at = :answered_at, rejected = :rejected, proposal_kind = :proposal_kind,
    proposal_units = :proposal_units, agreed = :agreed, mediation_at = :mediation_at, mediator_id = :mediator_id,
    remedy_kind = :remedy_kind, remedy_units = :remedy_units, decided_by = :decided_by, decision = :decision,
    address = :address, carrier = :carrier, tracking = :tracking, contested = :contested, alarmed = :alarmed,
    reopened = :reopened, final = :final, closed_at = :closed_at, grace_ms = :grace_ms
WHERE id = :id AND revision = :seen;

-- name: dispute_event
-- Gives a step its place in the thread, if the dispute is as it was seen.
UPDATE threads SET last_seq = last_seq + 1, last_at = :at
WHERE id = :thread_id AND EXISTS (SELECT 1 FROM disputes AS d WHERE d.thread_id = threads.id AND d.revision = :seen)
RETURNING last_seq AS seq, CAST(:side AS BIGINT) AS side, customer_id, shop_id, team_id;

-- name: open_dispute_thread
-- Where a dispute is settled, between buyer and shop; its opening is the first event.
INSERT INTO threads (id, kind, customer_id, shop_id, product_id, order_id, state, last_seq, last_posted, last_at, created_at)
VALUES (:thread_id, 'dispute', :buyer_id, :shop_id, NULL, :order_id, 'open', 1, 0, :at, :at)
RETURNING last_seq AS seq, 1 AS side, customer_id, shop_id, team_id;

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
FROM json_each(:ids) AS j JOIN order_lines AS l ON l.id = j.value JOIN orders AS o ON o.id = l.order_id;

-- name: line_prices
-- What the lines of an order cost, in their order.
SELECT id, amount, quantity FROM order_lines WHERE order_id = :order_id ORDER BY place, id;

-- name: put_paid_units
-- What was paid for a line.
UPDATE order_lines SET paid_units = :units WHERE id = :line_id;

-- name: claim_refund
-- Asks for money back, at most what may still be paid back for the line and for the order.
INSERT INTO dispute_refunds (refund_key, dispute_id, order_id, line_id, units, currency, state, reason, asked_at, told_at)
SELECT CAST(:refund_key AS TEXT), CAST(:id AS BIGINT), l.order_id, l.id, CAST(:units AS BIGINT), CAST(:currency AS TEXT), 'pending', '',
    CAST(:at AS BIGINT), NULL
FROM order_lines AS l WHERE l.id = :line_id AND CAST(:units AS BIGINT) > 0
    AND CAST(:units AS BIGINT) <= l.paid_units
        - COALESCE((SELECT SUM(r.units) FROM refunds AS r WHERE r.order_id = l.order_id AND r.line_key = l.line_key), 0)
        - COALESCE((SELECT SUM(p.units) FROM dispute_refunds AS p WHERE p.order_id = l.order_id AND p.line_id = l.id AND p.state IN ('pending', 'failed')), 0)
    AND CAST(:units AS BIGINT) <= (SELECT SUM(a.paid_units) FROM order_lines AS a WHERE a.order_id = l.order_id)
        - COALESCE((SELECT SUM(r.units) FROM refunds AS r WHERE r.order_id = l.order_id), 0)
        - COALESCE((SELECT SUM(p.units) FROM dispute_refunds AS p WHERE p.order_id = l.order_id AND p.state IN ('pending', 'failed')
            AND NOT EXISTS (SELECT 1 FROM refunds AS k WHERE k.order_id = p.order_id AND k.refund_key = p.refund_key)), 0);

-- name: touch_order_money
-- Of two who pay back something of one order, one looks anew.
UPDATE orders SET revision = revision + 1 WHERE id = :order_id AND revision = :order_revision;

-- name: receipt_follows
-- An order that was touched is received by time all the same.
UPDATE deadlines SET revision = :order_revision + 1
WHERE kind = 'order.receipt' AND subject_id = :order_id AND revision = :order_revision;

-- name: facts_of_disputes
-- How buyer and shop are called, and what was asked of the backend last. `ids` is a JSON array.
SELECT d.id, b.name AS buyer_name, s.name AS shop_name, f.refund_key, f.dispute_id, f.units, f.currency, f.state, f.reason, f.asked_at
FROM json_each(:ids) AS j JOIN disputes AS d ON d.id = j.value
JOIN people AS b ON b.id = d.buyer_id JOIN shops AS s ON s.id = d.shop_id
LEFT JOIN dispute_refunds AS f ON f.refund_key = (
    SELECT r.refund_key FROM dispute_refunds AS r WHERE r.dispute_id = d.id ORDER BY r.asked_at DESC LIMIT 1);

-- name: refund_by_key
-- What was asked for under a key.
SELECT refund_key, dispute_id, units, currency, state, reason, asked_at FROM dispute_refunds WHERE refund_key = :refund_key;

-- name: tell_refund
-- What became of it.
UPDATE dispute_refunds SET state = :state, reason = :reason, told_at = :at
WHERE refund_key = :refund_key AND state IN ('pending', 'failed');

-- name: refunds_asked
-- What the backend is still to pay back, oldest first.
SELECT f.refund_key, o.external_id AS order_key, l.line_key, f.units, f.currency, f.asked_at, f.state, d.reason
FROM dispute_refunds AS f JOIN disputes AS d ON d.id = f.dispute_id
JOIN orders AS o ON o.id = f.order_id JOIN order_lines AS l ON l.id = f.line_id
WHERE f.state IN ('pending', 'failed') AND (f.asked_at > :after OR (f.asked_at = :after AND f.refund_key > :after_key))
ORDER BY f.asked_at, f.refund_key LIMIT :limit;

-- name: add_evidence
-- A copy of what somebody puts in.
INSERT INTO dispute_evidence (id, dispute_id, party, author_id, kind, text, full_name, thumb_name, width, height, sha256, at,
    from_thread, from_seq, said_at, said_side)
VALUES (:evidence_id, :id, :party, :me, :kind, :text, :full_name, :thumb_name, :width, :height, :sha256, :at,
    :from_thread, :from_seq, :said_at, :said_side);

-- name: evidence_of_disputes
-- What was put in, in its order. `ids` is a JSON array of disputes.
SELECT e.id, e.dispute_id, e.party, e.kind, e.text, e.full_name, e.thumb_name, e.width, e.height, e.sha256, e.at, e.said_at, e.said_side
FROM json_each(:ids) AS j JOIN dispute_evidence AS e ON e.dispute_id = j.value ORDER BY e.dispute_id, e.id;

-- name: evidence_by_id
-- One piece of it.
SELECT id, dispute_id, party, kind, text, full_name, thumb_name, width, height, sha256, at, said_at, said_side
FROM dispute_evidence WHERE id = :evidence_id AND dispute_id = :dispute_id;

-- name: evidence_count
-- How much a party has put in.
SELECT COUNT(*) AS pieces FROM dispute_evidence WHERE dispute_id = :dispute_id AND party = :party;

-- name: uploads_of
-- Photos that somebody uploaded and that wait. `ids` is a JSON array.
SELECT p.id, p.full_name, p.thumb_name, p.width, p.height, p.sha256 FROM json_each(:ids) AS j JOIN photos AS p ON p.id = j.value
WHERE p.owner_id = :me AND p.thread_id IS NULL AND p.seq IS NULL
    AND NOT EXISTS (SELECT 1 FROM review_photos AS r WHERE r.photo_id = p.id);

-- name: messages_to_copy
-- Messages of the thread of an order. `seqs` is a JSON array.
SELECT e.thread_id, e.seq, e.at, e.side, e.text, e.body FROM json_each(:seqs) AS j
JOIN threads AS t ON t.kind = 'order' AND t.order_id = :order_id
JOIN events AS e ON e.thread_id = t.id AND e.seq = j.value AND e.kind = 1 AND e.withdrawn_at IS NULL ORDER BY e.seq;

-- name: photos_by_ids
-- Files of photos. `ids` is a JSON array.
SELECT p.id, p.full_name, p.thumb_name, p.width, p.height, p.sha256 FROM json_each(:ids) AS j JOIN photos AS p ON p.id = j.value;

-- name: dispute_ids_of_buyer
-- A page of what somebody opened, newest first.
SELECT id, opened_at AS place FROM disputes
WHERE buyer_id = :me AND (opened_at < :before OR (opened_at = :before AND id < :before_id))
ORDER BY opened_at DESC, id DESC LIMIT :limit;

-- name: dispute_ids_of_shop
-- A page of what was opened against a shop: open ones by what is due first, then the others, newest first.
SELECT id, CASE WHEN closed_at IS NULL THEN COALESCE(due_at, 4000000000000) ELSE 9000000000000 - opened_at END AS place FROM disputes
WHERE shop_id = :shop_id
    AND (CASE WHEN closed_at IS NULL THEN COALESCE(due_at, 4000000000000) ELSE 9000000000000 - opened_at END > :after
        OR (CASE WHEN closed_at IS NULL THEN COALESCE(due_at, 4000000000000) ELSE 9000000000000 - opened_at END = :after AND id > :after_id))
ORDER BY place, id LIMIT :limit;

-- name: docket
-- What mediators see of cases in a state, by what is due first.
SELECT id, COALESCE(due_at, 0) AS place FROM disputes
WHERE closed_at IS NULL AND state = :state
    AND (COALESCE(due_at, 0) > :after OR (COALESCE(due_at, 0) = :after AND id > :after_id))
    AND (CAST(:mediator_id AS BIGINT) IS NULL OR mediator_id = CAST(:mediator_id AS BIGINT))
    AND (CAST(:alarmed AS BIGINT) = 0 OR alarmed = 1)
ORDER BY place, id LIMIT :limit;

-- name: docket_counts
-- How many there are.
SELECT CAST(COALESCE(SUM(CASE WHEN state = 'mediation' THEN 1 ELSE 0 END), 0) AS BIGINT) AS mediation,
    CAST(COALESCE(SUM(CASE WHEN state = 'mediation' AND alarmed = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS late,
    CAST(COALESCE(SUM(CASE WHEN state = 'refund_pending' AND alarmed = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS refunds,
    CAST(COALESCE(SUM(CASE WHEN state = 'mediation' AND mediator_id = :me THEN 1 ELSE 0 END), 0) AS BIGINT) AS mine
FROM disputes WHERE closed_at IS NULL AND state IN ('mediation', 'refund_pending');

-- name: served_party
-- Whether somebody answered buyer or shop in support since the order was placed: he may not decide about them.
SELECT COUNT(*) AS answers FROM threads AS t JOIN events AS e ON e.thread_id = t.id
WHERE t.kind = 'support' AND e.kind = 1 AND e.side = 3 AND e.author_id = :me AND e.at >= :since
    AND (t.customer_id = :buyer_id OR EXISTS (
        SELECT 1 FROM shop_members AS m WHERE m.shop_id = :shop_id AND m.person_id = t.customer_id));

-- name: case_threads
-- Conversations of the two about an order or what it holds.
SELECT t.id, t.kind, COALESCE(p.title, '') AS title, t.last_seq FROM threads AS t LEFT JOIN products AS p ON p.id = t.product_id
WHERE t.customer_id = :buyer_id AND t.shop_id = :shop_id AND (
    (t.kind IN ('order', 'dispute') AND t.order_id = :order_id)
    OR (t.kind = 'product' AND EXISTS (
        SELECT 1 FROM order_lines AS l WHERE l.order_id = :order_id AND l.product_key = p.external_id)))
ORDER BY t.created_at;

-- name: disputes_lately
-- How many a buyer opened, and how many were opened against a shop, since an instant.
SELECT CAST(COALESCE(SUM(CASE WHEN buyer_id = :buyer_id THEN 1 ELSE 0 END), 0) AS BIGINT) AS by_buyer,
    CAST(COALESCE(SUM(CASE WHEN shop_id = :shop_id THEN 1 ELSE 0 END), 0) AS BIGINT) AS against_shop
FROM disputes WHERE opened_at >= :since AND (buyer_id = :buyer_id OR shop_id = :shop_id);

-- name: due_of_people
-- Disputes whose time ran out between two instants, while nobody looked.
SELECT id, thread_id, order_id, line_id, buyer_id, shop_id, state, revision, reason, currency, asked_kind, asked_units,
    wish_kind, wish_units, opened_at, due_at, due_from, offer_kind, offer_units, answered_at, rejected,
    proposal_kind, proposal_units, agreed, mediation_at, mediator_id, remedy_kind, remedy_units, decided_by,
    decision, free_return, address, carrier, tracking, contested, alarmed, reopened, final, closed_at, grace_ms
FROM disputes WHERE closed_at IS NULL AND due_at > :after AND due_at <= :until
    AND state IN ('seller_turn', 'buyer_turn', 'awaiting_return', 'return_in_transit') ORDER BY due_at LIMIT 500;

-- name: beat
-- The deadlines are looked after.
UPDATE meta SET value = :now WHERE key = 'heartbeat' AND value = :seen;

-- name: mediators_room
-- Posts a mediator's words in the thread of his case.
UPDATE threads SET last_seq = last_seq + 1, last_posted = last_seq + 1, last_at = :at
WHERE id = :thread_id AND kind = 'dispute'
    AND EXISTS (SELECT 1 FROM disputes AS d WHERE d.thread_id = threads.id AND d.mediator_id = :me AND d.state = 'mediation')
    AND NOT EXISTS (SELECT 1 FROM events AS e WHERE e.client_key = :client_key AND e.author_id = :me)
    AND NOT EXISTS (SELECT 1 FROM client_writes AS w WHERE w.client_key = :client_key AND w.person_id = :me)
RETURNING last_seq AS seq, 3 AS side, customer_id, shop_id, team_id;

-- name: settle_refunds
-- What was asked for is paid back already.
UPDATE dispute_refunds SET state = 'settled', told_at = :at WHERE dispute_id = :dispute_id AND state IN ('pending', 'failed');

-- name: order_talk
-- Whether anybody has said anything about an order.
SELECT COUNT(*) AS spoken FROM threads WHERE kind = 'order' AND order_id = :order_id AND last_posted > 0;
