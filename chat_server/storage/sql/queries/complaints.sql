-- name: complaints_by_ids
-- Complaints with the names that their screens show. `ids` is a JSON array.
SELECT c.id, c.thread_id, c.buyer_id, c.shop_id, c.state, c.revision, c.opened_at, c.text, c.facts, c.due_at, c.due_from,
    c.answer, c.answered_at, c.not_solved, c.decision, c.mediator_id, c.closed_at, b.name AS buyer_name, s.name AS shop_name,
    COALESCE(p.title, o.external_id, '') AS about
FROM json_each(:ids) AS j JOIN complaints AS c ON c.id = j.value
JOIN people AS b ON b.id = c.buyer_id JOIN shops AS s ON s.id = c.shop_id JOIN threads AS t ON t.id = c.thread_id
LEFT JOIN products AS p ON p.id = t.product_id LEFT JOIN orders AS o ON o.id = t.order_id;

-- name: names_of_talk
-- How the shop of a conversation is called, and what it is about.
SELECT s.name AS shop_name, COALESCE(p.title, o.external_id, '') AS about
FROM threads AS t JOIN shops AS s ON s.id = t.shop_id
LEFT JOIN products AS p ON p.id = t.product_id LEFT JOIN orders AS o ON o.id = t.order_id WHERE t.id = :thread_id;

-- name: open_complaint_of
-- The one about a conversation that is not closed.
SELECT id FROM complaints WHERE thread_id = :thread_id AND closed_at IS NULL;

-- name: last_complaint_at
-- When a buyer last complained about a shop.
SELECT last_at FROM complaint_pairs WHERE buyer_id = :buyer_id AND shop_id = :shop_id;

-- name: complaint_of_key
-- What an earlier opening came to.
SELECT id FROM complaints WHERE thread_id = :thread_id AND buyer_id = :me ORDER BY id DESC LIMIT 1;

-- name: complaint_opening
-- Gives the opening its place, if nothing has been said since it was looked at.
UPDATE threads SET last_seq = last_seq + 1, last_at = :at
WHERE id = :thread_id AND customer_id = :me AND kind IN ('product', 'order') AND last_seq = :seen_seq
RETURNING last_seq AS seq, 1 AS side, customer_id, shop_id, team_id;

-- name: take_complaint_week
-- Of two complaints about a shop in one week, the second touches no row.
INSERT INTO complaint_pairs (buyer_id, shop_id, last_at) VALUES (:me, :of_shop, :at)
ON CONFLICT (buyer_id, shop_id) DO UPDATE SET last_at = excluded.last_at WHERE complaint_pairs.last_at <= :week_ago;

-- name: add_complaint
-- A complaint; the unique index refuses a second open one about a conversation.
INSERT INTO complaints (id, thread_id, buyer_id, shop_id, state, revision, opened_at, text, facts, due_at, due_from,
    answer, answered_at, not_solved, decision, mediator_id, closed_at)
VALUES (:id, :thread_id, :buyer_id, :of_shop, :state, :revision, :opened_at, :text, :facts, :due_at, :due_from,
    :answer, :answered_at, :not_solved, :decision, :mediator_id, :closed_at);

-- name: complaint_event
-- Gives a step its place in the conversation, if the complaint is as it was seen.
UPDATE threads SET last_seq = last_seq + 1, last_at = :at
WHERE id = :thread_id AND EXISTS (SELECT 1 FROM complaints AS c WHERE c.id = :complaint_id AND c.revision = :seen)
RETURNING last_seq AS seq, CAST(:side AS BIGINT) AS side, customer_id, shop_id, team_id;

-- name: save_complaint
-- What a step made of it. Of two steps at once, one touches no row.
UPDATE complaints SET revision = revision + 1, state = :state, due_at = :due_at, due_from = :due_from, answer = :answer,
    answered_at = :answered_at, not_solved = :not_solved, decision = :decision, mediator_id = :mediator_id,
    closed_at = :closed_at
WHERE id = :id AND revision = :seen;

-- name: complaint_answers
-- What the shop says to a complaint answers what waits in the conversation.
UPDATE threads SET waiting_since = NULL WHERE id = :thread_id;

-- name: complaint_ids_of_buyer
-- A page of what somebody complained about: open ones by what is due first, then the others, newest first.
SELECT id, CASE WHEN closed_at IS NULL THEN COALESCE(due_at, 4000000000000) ELSE 9000000000000 - opened_at END AS place FROM complaints
WHERE buyer_id = :me
    AND (CASE WHEN closed_at IS NULL THEN COALESCE(due_at, 4000000000000) ELSE 9000000000000 - opened_at END > :after
        OR (CASE WHEN closed_at IS NULL THEN COALESCE(due_at, 4000000000000) ELSE 9000000000000 - opened_at END = :after AND id > :after_id))
ORDER BY place, id LIMIT :limit;

-- name: complaint_ids_of_shop
-- The same about a shop.
SELECT id, CASE WHEN closed_at IS NULL THEN COALESCE(due_at, 4000000000000) ELSE 9000000000000 - opened_at END AS place FROM complaints
WHERE shop_id = :of_shop
    AND (CASE WHEN closed_at IS NULL THEN COALESCE(due_at, 4000000000000) ELSE 9000000000000 - opened_at END > :after
        OR (CASE WHEN closed_at IS NULL THEN COALESCE(due_at, 4000000000000) ELSE 9000000000000 - opened_at END = :after AND id > :after_id))
ORDER BY place, id LIMIT :limit;

-- name: complaint_queue
-- What mediators see of two states: those that wait longest first.
SELECT id, due_from AS place FROM complaints
WHERE state IN (:state, :or_state) AND (due_from > :after OR (due_from = :after AND id > :after_id))
ORDER BY due_from, id LIMIT :limit;

-- name: complaints_decided
-- What was decided, newest first.
SELECT id, due_from AS place FROM complaints
WHERE state IN ('upheld', 'rejected') AND (due_from < :before OR (due_from = :before AND id < :before_id))
ORDER BY due_from DESC, id DESC LIMIT :limit;

-- name: complaint_counts
-- How many wait for a mediator, and for the parties.
SELECT CAST(COALESCE(SUM(CASE WHEN state = 'under_review' THEN 1 ELSE 0 END), 0) AS BIGINT) AS review,
    CAST(COALESCE(SUM(CASE WHEN state <> 'under_review' THEN 1 ELSE 0 END), 0) AS BIGINT) AS with_parties
FROM complaints WHERE state IN ('under_review', 'seller_notified', 'answered');

-- name: complaints_against
-- Open complaints that a shop is to answer.
SELECT id FROM complaints WHERE shop_id = :of_shop AND state = 'seller_notified' ORDER BY id;

-- name: complaints_due_between
-- Complaints whose time ran out between two instants, while nobody looked.
SELECT id FROM complaints WHERE state IN ('seller_notified', 'answered') AND due_at > :since AND due_at <= :until ORDER BY id LIMIT 500;

-- name: upheld_of_shop
-- When complaints about a shop were upheld, since an instant.
SELECT closed_at FROM complaints WHERE shop_id = :of_shop AND state = 'upheld' AND closed_at > :since ORDER BY closed_at;

-- name: upheld_lately
-- The same of every shop.
SELECT c.shop_id, s.name AS shop_name, c.closed_at AS at FROM complaints AS c JOIN shops AS s ON s.id = c.shop_id
WHERE c.state = 'upheld' AND c.due_from > :since ORDER BY c.shop_id, c.closed_at;

-- name: reported_messages
-- Buyers' messages to shops that were reported, those that nobody has looked at first.
SELECT r.id, r.thread_id, r.seq, e.text, e.at, t.customer_id AS buyer_id, b.name AS buyer_name, t.shop_id, s.name AS shop_name,
    r.reporter_id, p.name AS reporter_name, r.reason, r.text AS words, r.at AS reported_at, r.spam
FROM reports AS r JOIN events AS e ON e.thread_id = r.thread_id AND e.seq = r.seq
JOIN threads AS t ON t.id = r.thread_id JOIN people AS b ON b.id = t.customer_id JOIN shops AS s ON s.id = t.shop_id
JOIN people AS p ON p.id = r.reporter_id
WHERE t.kind IN ('product', 'order') AND e.author_id = t.customer_id
ORDER BY CASE WHEN r.spam IS NULL THEN 0 ELSE 1 END, r.id DESC LIMIT 100;

-- name: report_by_id
-- Where a reported message of a buyer stands.
SELECT r.thread_id, r.seq, t.shop_id FROM reports AS r JOIN threads AS t ON t.id = r.thread_id
JOIN events AS e ON e.thread_id = r.thread_id AND e.seq = r.seq
WHERE r.id = :report_id AND t.kind IN ('product', 'order') AND e.author_id = t.customer_id;

-- name: settle_report
-- All reports of one message are settled with it.
UPDATE reports SET spam = :spam, settled_by = :me, settled_at = :at WHERE thread_id = :thread_id AND seq = :seq;
