-- name: post_message
-- Gives a message its place. Touches no row where the caller is no party, is blocked, or the key was used.
UPDATE threads SET
    last_seq = last_seq + 1,
    last_posted = last_seq + 1,
    last_at = :at,
    waiting_since = CASE WHEN customer_id = :me THEN COALESCE(waiting_since, :at) ELSE NULL END
WHERE id = :thread_id
    AND (customer_id = :me OR EXISTS (
        SELECT 1 FROM shop_members AS m WHERE m.shop_id = threads.shop_id AND m.person_id = :me))
    AND NOT EXISTS (SELECT 1 FROM events AS e WHERE e.client_key = :client_key AND e.author_id = :me)
    AND NOT EXISTS (SELECT 1 FROM client_writes AS w WHERE w.client_key = :client_key AND w.person_id = :me)
    AND (CAST(:target AS BIGINT) IS NULL OR EXISTS (
        SELECT 1 FROM events AS r WHERE r.thread_id = threads.id AND r.seq = :target AND r.kind = 1))
    AND NOT EXISTS (
        SELECT 1 FROM blocks AS b
        WHERE threads.kind <> 'dispute' AND b.customer_id = threads.customer_id AND b.shop_id = threads.shop_id
            AND NOT EXISTS (
                SELECT 1 FROM orders AS o
                WHERE threads.kind = 'order' AND o.id = threads.order_id AND o.paid_at IS NOT NULL
                    AND (o.protected_until IS NULL OR o.protected_until + :grace > :at)))
RETURNING
    last_seq AS seq,
    CASE WHEN customer_id = :me THEN 1 ELSE 2 END AS side,
    customer_id,
    shop_id,
    team_id;

-- name: insert_event
-- The event itself; seq and side come from the statement that gave it its place.
INSERT INTO events (thread_id, seq, kind, at, side, author_id, text, body, target, client_key, body_hash)
VALUES (:thread_id, :seq, :kind, :at, :side, :author_id, :text, :body, :target, :client_key, :body_hash);

-- name: change_message
-- Gives an edit or withdrawal its place: own, not withdrawn, not reported, no evidence, young enough. While the two
-- are in dispute, or one complains about the other, nothing between them changes.
-- An edit says something, so a block stops it like a message; taking back is always free.
UPDATE threads SET last_seq = last_seq + 1
WHERE id = :thread_id AND kind <> 'dispute'
    AND (customer_id = :me OR EXISTS (
        SELECT 1 FROM shop_members AS m WHERE m.shop_id = threads.shop_id AND m.person_id = :me))
    AND NOT EXISTS (
        SELECT 1 FROM disputes AS d
        WHERE d.buyer_id = threads.customer_id AND d.shop_id = threads.shop_id AND d.closed_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM dispute_evidence AS v WHERE v.from_thread = threads.id AND v.from_seq = :target)
    AND NOT EXISTS (
        SELECT 1 FROM complaints AS c
        WHERE c.buyer_id = threads.customer_id AND c.shop_id = threads.shop_id AND c.closed_at IS NULL)
    AND EXISTS (
        SELECT 1 FROM events AS t
        WHERE t.thread_id = threads.id AND t.seq = :target AND t.kind = 1 AND t.author_id = :me
            AND t.withdrawn_at IS NULL AND t.at > :since)
    AND NOT EXISTS (SELECT 1 FROM reports AS r WHERE r.thread_id = threads.id AND r.seq = :target)
    AND (CAST(:kind AS BIGINT) = 3 OR NOT EXISTS (
        SELECT 1 FROM blocks AS b
        WHERE b.customer_id = threads.customer_id AND b.shop_id = threads.shop_id
            AND NOT EXISTS (
                SELECT 1 FROM orders AS o
                WHERE threads.kind = 'order' AND o.id = threads.order_id AND o.paid_at IS NOT NULL
                    AND (o.protected_until IS NULL OR o.protected_until + :grace > :at))))
    AND NOT EXISTS (SELECT 1 FROM events AS e WHERE e.client_key = :client_key AND e.author_id = :me)
    AND NOT EXISTS (SELECT 1 FROM client_writes AS w WHERE w.client_key = :client_key AND w.person_id = :me)
RETURNING
    last_seq AS seq,
    CASE WHEN customer_id = :me THEN 1 ELSE 2 END AS side,
    customer_id,
    shop_id,
    team_id;

-- name: keep_version
-- What the message said until now.
INSERT INTO message_versions (thread_id, seq, replaced_at, replaced_by, text, body)
SELECT thread_id, seq, :at, CAST(:seq AS BIGINT), text, body FROM events WHERE thread_id = :thread_id AND seq = :target;

-- name: rewrite_message
-- The message says what the edit says.
UPDATE events SET text = :text, edited_at = :at WHERE thread_id = :thread_id AND seq = :target;

-- name: blank_message
-- A tombstone stays.
UPDATE events SET text = '', body = '', withdrawn_at = :at WHERE thread_id = :thread_id AND seq = :target;

-- name: release_photos
-- Photos of a withdrawn message are orphans, seen by nobody, whose files the sweeper removes.
UPDATE photos SET thread_id = NULL, seq = -1 WHERE thread_id = :thread_id AND seq = :target;

-- name: claim_photo
-- A photo is posted once, by the one who uploaded it.
UPDATE photos SET thread_id = :thread_id, seq = :seq
WHERE id = :photo_id AND owner_id = :me AND thread_id IS NULL AND photos.seq IS NULL;

-- name: event_by_client_key
-- What an earlier write under this key was given.
SELECT e.thread_id, e.seq, e.at, e.body_hash, e.body
FROM events AS e WHERE e.client_key = :client_key AND e.author_id = :me;

-- name: before_order
-- Whether a thread is about a product, and its buyer has no order with the shop, or only cancelled ones.
SELECT COUNT(*) AS found FROM threads AS t
WHERE t.id = :thread_id AND t.kind = 'product'
    AND NOT EXISTS (
        SELECT 1 FROM orders AS o
        WHERE o.buyer_id = t.customer_id AND o.shop_id = t.shop_id AND o.state <> 'cancelled');

-- name: event_by_seq
-- One event with its thread's parties.
SELECT e.thread_id, e.seq, e.kind, e.at, e.side, e.author_id, e.text, e.body, e.target,
    e.edited_at, e.withdrawn_at, e.client_key, t.customer_id, t.shop_id, t.team_id
FROM events AS e JOIN threads AS t ON t.id = e.thread_id
WHERE e.thread_id = :thread_id AND e.seq = :seq;

-- name: events_before
-- A page backwards, newest first. Of an edit, the text is what its message says now.
SELECT e.thread_id, e.seq, e.kind, e.at, e.side, e.author_id,
    CASE WHEN e.kind = 2 THEN (SELECT m.text FROM events AS m WHERE m.thread_id = e.thread_id AND m.seq = e.target) ELSE e.text END AS text,
    e.body, e.target, e.edited_at, e.withdrawn_at, e.client_key, t.customer_id, t.shop_id, t.team_id
FROM events AS e JOIN threads AS t ON t.id = e.thread_id
WHERE e.thread_id = :thread_id AND e.seq < :before
ORDER BY e.seq DESC LIMIT :limit;

-- name: events_after
-- A page forwards, oldest first. Of an edit, the text is what its message says now.
SELECT e.thread_id, e.seq, e.kind, e.at, e.side, e.author_id,
    CASE WHEN e.kind = 2 THEN (SELECT m.text FROM events AS m WHERE m.thread_id = e.thread_id AND m.seq = e.target) ELSE e.text END AS text,
    e.body, e.target, e.edited_at, e.withdrawn_at, e.client_key, t.customer_id, t.shop_id, t.team_id
FROM events AS e JOIN threads AS t ON t.id = e.thread_id
WHERE e.thread_id = :thread_id AND e.seq > :after
ORDER BY e.seq LIMIT :limit;

-- name: report_message
-- A party reports a message of another, once.
INSERT INTO reports (id, thread_id, seq, reporter_id, reason, text, at)
SELECT CAST(:id AS BIGINT), e.thread_id, e.seq, CAST(:me AS BIGINT), CAST(:reason AS TEXT), CAST(:text AS TEXT), CAST(:at AS BIGINT)
FROM events AS e
WHERE e.thread_id = :thread_id AND e.seq = :seq AND e.kind = 1
    AND (e.author_id IS NULL OR e.author_id <> :me)
    AND NOT EXISTS (
        SELECT 1 FROM reports AS r
        WHERE r.thread_id = e.thread_id AND r.seq = e.seq AND r.reporter_id = :me);

-- name: reported
-- Whether anybody has reported this message.
SELECT COUNT(*) AS reports FROM reports WHERE thread_id = :thread_id AND seq = :seq;

-- name: report_of
-- Whether this person has reported this message.
SELECT id FROM reports WHERE thread_id = :thread_id AND seq = :seq AND reporter_id = :me;

-- name: held_by_complaint
-- Whether an open complaint of its two parties keeps a message as it is.
SELECT COUNT(*) AS held FROM threads AS t JOIN complaints AS c ON c.buyer_id = t.customer_id AND c.shop_id = t.shop_id
WHERE t.id = :thread_id AND c.closed_at IS NULL;

-- name: held_by_dispute
-- Whether a dispute of its two parties, or evidence, keeps a message as it is.
SELECT COUNT(*) AS held FROM threads AS t WHERE t.id = :thread_id AND (t.kind = 'dispute'
    OR EXISTS (SELECT 1 FROM disputes AS d WHERE d.buyer_id = t.customer_id AND d.shop_id = t.shop_id AND d.closed_at IS NULL)
    OR EXISTS (SELECT 1 FROM dispute_evidence AS v WHERE v.from_thread = t.id AND v.from_seq = :target));
