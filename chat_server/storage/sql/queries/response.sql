-- name: said_in_thread
-- What was said in a conversation of a buyer and a shop, in its order. What a shop says to a complaint is a word as well.
SELECT e.thread_id, e.seq, e.at, CASE WHEN e.side = 1 THEN 1 ELSE 0 END AS by_buyer,
    CASE WHEN e.author_id IS NULL THEN 1 ELSE 0 END AS automatic, e.withdrawn_at,
    (SELECT COALESCE(MAX(r.spam), 0) FROM reports AS r WHERE r.thread_id = e.thread_id AND r.seq = e.seq) AS spam
FROM events AS e
WHERE e.thread_id = :thread_id AND e.side IN (1, 2)
    AND (e.kind = 1 OR (e.kind = 4 AND e.body LIKE '%"complaint.answer"%'))
ORDER BY e.seq;

-- name: said_to_shop
-- The same of all conversations of a shop, since an instant.
SELECT e.thread_id, e.seq, e.at, CASE WHEN e.side = 1 THEN 1 ELSE 0 END AS by_buyer,
    CASE WHEN e.author_id IS NULL THEN 1 ELSE 0 END AS automatic, e.withdrawn_at,
    (SELECT COALESCE(MAX(r.spam), 0) FROM reports AS r WHERE r.thread_id = e.thread_id AND r.seq = e.seq) AS spam
FROM threads AS t JOIN events AS e ON e.thread_id = t.id
WHERE t.shop_id = :of_shop AND t.kind IN ('product', 'order') AND t.last_at >= :since AND e.at >= :since AND e.side IN (1, 2)
    AND (e.kind = 1 OR (e.kind = 4 AND e.body LIKE '%"complaint.answer"%'))
ORDER BY e.thread_id, e.seq;

-- name: talk_of_shop
-- What conversations of a shop are about, and with whom. One query for a page that lists many.
SELECT t.id AS thread_id, COALESCE(p.title, o.external_id, '') AS about, t.customer_id AS buyer_id, b.name AS buyer_name
FROM threads AS t JOIN people AS b ON b.id = t.customer_id
LEFT JOIN products AS p ON p.id = t.product_id LEFT JOIN orders AS o ON o.id = t.order_id
WHERE t.shop_id = :of_shop AND t.kind IN ('product', 'order') AND t.last_at >= :since;

-- name: waiting_texts
-- Messages of one conversation. `seqs` is a JSON array.
SELECT e.seq, e.at, e.text, e.body FROM json_each(:seqs) AS j
JOIN events AS e ON e.thread_id = :thread_id AND e.seq = j.value ORDER BY e.seq;

-- name: shop_hours_of
-- When shops' people are there. `shops` is a JSON array.
SELECT h.shop_id, h.zone, h.windows, h.holidays, h.auto_reply, h.away_since, h.away_until, h.turns_at, h.revision
FROM json_each(:shops) AS j JOIN shop_hours AS h ON h.shop_id = j.value;

-- name: add_shop_hours
-- The first time that a shop says so.
INSERT INTO shop_hours (shop_id, zone, windows, holidays, auto_reply, away_since, away_until, turns_at, revision)
VALUES (:of_shop, :zone, :windows, :holidays, :auto_reply, :away_since, :away_until, :turns_at, 1);

-- name: put_shop_hours
-- As its people wish it, if it is as they have seen it.
UPDATE shop_hours SET zone = :zone, windows = :windows, holidays = :holidays, auto_reply = :auto_reply,
    away_since = :away_since, away_until = :away_until, turns_at = :turns_at, revision = revision + 1
WHERE shop_id = :of_shop AND revision = :revision;

-- name: shops_turning
-- Whose absence begins or ends.
SELECT shop_id, zone, windows, holidays, auto_reply, away_since, away_until, turns_at, revision
FROM shop_hours WHERE turns_at <= :now ORDER BY turns_at LIMIT 200;

-- name: turn_shop
-- It has begun, or is over. What its people have put since stays.
UPDATE shop_hours SET away_since = :away_since, away_until = :away_until, turns_at = :turns_at
WHERE shop_id = :of_shop AND revision = :revision;

-- name: waits_to_warn
-- Conversations in which a buyer waits so long that the shop may have to be warned. A holiday makes a wait longer.
SELECT t.id AS thread_id, t.shop_id, t.waiting_since AS since, COALESCE(p.title, o.external_id, '') AS about, COALESCE(w.percent, 0) AS percent,
    COALESCE(h.holidays, '[]') AS holidays
FROM threads AS t
LEFT JOIN products AS p ON p.id = t.product_id LEFT JOIN orders AS o ON o.id = t.order_id
LEFT JOIN shop_hours AS h ON h.shop_id = t.shop_id
LEFT JOIN answer_warnings AS w ON w.thread_id = t.id AND w.since = t.waiting_since
WHERE t.kind IN ('product', 'order') AND t.waiting_since IS NOT NULL
    AND t.waiting_since > :oldest AND t.waiting_since <= :half
    AND (t.waiting_since > :after OR (t.waiting_since = :after AND t.id > :after_id))
    AND (t.waiting_since > :over OR h.holidays <> '[]')
    AND COALESCE(w.percent, 0) < 90 AND (w.percent IS NULL OR t.waiting_since <= :last)
ORDER BY t.waiting_since, t.id LIMIT :limit;

-- name: warned_of
-- Of two who warn of the same, one touches no row.
INSERT INTO answer_warnings (thread_id, since, percent) VALUES (:thread_id, :waiting_since, :percent)
ON CONFLICT (thread_id) DO UPDATE SET since = excluded.since, percent = excluded.percent
WHERE answer_warnings.since <> excluded.since OR answer_warnings.percent < excluded.percent;

-- name: still_waits
-- Whether the buyer waits still: an answer is faster than a warning. (Touches the row, so that they cannot cross.)
UPDATE threads SET waiting_since = waiting_since WHERE id = :thread_id AND waiting_since = :waiting_since;

-- name: threads_to_tell
-- Conversations in which a buyer has written to a shop that is away, and was not told so yet.
SELECT t.id AS thread_id, h.auto_reply, h.away_since FROM shop_hours AS h JOIN threads AS t ON t.shop_id = h.shop_id
JOIN events AS e ON e.thread_id = t.id AND e.seq = t.last_posted
LEFT JOIN auto_replies AS a ON a.thread_id = t.id
WHERE h.away_until > :now AND h.auto_reply <> '' AND t.kind IN ('product', 'order') AND t.last_at >= h.away_since
    AND t.waiting_since IS NOT NULL AND e.side = 1 AND e.at >= h.away_since AND (a.at IS NULL OR a.at < h.away_since)
ORDER BY t.id LIMIT 200;

-- name: auto_reply_place
-- Gives the word of a shop that is away its place. The buyer waits on: it is no answer.
UPDATE threads SET last_seq = last_seq + 1, last_posted = last_seq + 1, last_at = :at
WHERE id = :thread_id AND waiting_since IS NOT NULL
RETURNING last_seq AS seq, 2 AS side, customer_id, shop_id, team_id;

-- name: told_absence
-- Of two who tell it, one touches no row.
INSERT INTO auto_replies (thread_id, at) VALUES (:thread_id, :at)
ON CONFLICT (thread_id) DO UPDATE SET at = excluded.at WHERE auto_replies.at < :away_since;
