-- name: add_visitor
-- Somebody who is not signed in.
INSERT INTO people (id, external_id, kind, role, name, locale, zone, country, version, not_before, created_at, token_hash, origin)
VALUES (:id, NULL, 'visitor', NULL, '', :locale, :zone, '', 1, 0, :at, :hash, :origin);

-- name: visitor_by_token
-- Whose token this is.
SELECT id, locale, not_before, created_at FROM people WHERE token_hash = :hash AND kind = 'visitor';

-- name: support_thread
-- The one thread of somebody with support about a topic.
SELECT id, kind, customer_id, shop_id, product_id, order_id, last_seq, last_at, created_at, team_id
FROM threads WHERE kind = 'support' AND customer_id = :customer_id AND topic = :topic;

-- name: open_support_thread
-- A new support thread; the unique index refuses a second one about its topic.
INSERT INTO threads (id, kind, customer_id, shop_id, product_id, order_id, state, topic, team_id, last_seq, last_posted, last_at, created_at)
VALUES (:id, 'support', :customer_id, NULL, NULL, NULL, 'bot', :topic, :team_id, 0, 0, :at, :at);

-- name: open_question
-- The oldest message of a customer that the bot has not dealt with. He goes on answering who waits for the opening.
SELECT t.id AS thread_id, t.customer_id, t.answered, t.misses, p.kind, p.locale, p.zone, t.state, e.seq, e.text, e.body, e.withdrawn_at
FROM threads AS t
JOIN people AS p ON p.id = t.customer_id
JOIN events AS e ON e.thread_id = t.id AND e.seq = (
    SELECT MIN(x.seq) FROM events AS x
    WHERE x.thread_id = t.id AND x.seq > t.answered AND x.kind = 1 AND x.side = 1)
WHERE t.id = :thread_id AND t.kind = 'support' AND t.state IN ('bot', 'queued_offline');

-- name: bot_turn
-- Gives what the bot says its place. Who waits for the opening goes on waiting. Of two nodes that answer the same question, one touches no row.
UPDATE threads SET
    last_seq = last_seq + 1,
    last_posted = last_seq + 1,
    last_at = :at,
    answered = :question,
    misses = :misses,
    waiting_since = CASE WHEN state = 'queued_offline' THEN waiting_since WHEN EXISTS (
        SELECT 1 FROM events AS e
        WHERE e.thread_id = threads.id AND e.seq > :question AND e.kind = 1 AND e.side = 1)
        THEN CAST(:at AS BIGINT) ELSE NULL END
WHERE id = :thread_id AND kind = 'support' AND state IN ('bot', 'queued_offline') AND answered = :before
RETURNING last_seq AS seq, 4 AS side, customer_id, shop_id, team_id;

-- name: pass_question
-- A question that was taken back needs no answer.
UPDATE threads SET
    answered = :question,
    waiting_since = CASE WHEN state = 'queued_offline' THEN waiting_since WHEN EXISTS (
        SELECT 1 FROM events AS e
        WHERE e.thread_id = threads.id AND e.seq > :question AND e.kind = 1 AND e.side = 1)
        THEN CAST(:at AS BIGINT) ELSE NULL END
WHERE id = :thread_id AND kind = 'support' AND state IN ('bot', 'queued_offline') AND answered = :before;

-- name: add_turn
-- What the bot said and why; seq comes from the statement that gave it its place.
INSERT INTO bot_turns (thread_id, seq, question, at, outcome, entry, runner_up, probability, language, why)
VALUES (:thread_id, :seq, :question, :at, :outcome, :entry, :runner_up, :probability, :language, :why);

-- name: turn_of
-- What the bot said, as it was said.
SELECT b.language, b.helpful, e.body, t.state, (
    SELECT COUNT(*) FROM bot_turns AS x WHERE x.thread_id = b.thread_id AND x.helpful = 0 AND x.at > COALESCE((
        SELECT MAX(ep.resolved_at) FROM episodes AS ep WHERE ep.thread_id = b.thread_id), 0)) AS unhelpful
FROM bot_turns AS b
JOIN events AS e ON e.thread_id = b.thread_id AND e.seq = b.seq
JOIN threads AS t ON t.id = b.thread_id
WHERE b.thread_id = :thread_id AND b.seq = :seq;

-- name: rate_turn
-- Its reader says once whether it helped.
UPDATE bot_turns SET helpful = :helpful WHERE thread_id = :thread_id AND seq = :target AND helpful IS NULL;

-- name: rewrite_card
-- The card remembers it.
UPDATE events SET body = :rated WHERE thread_id = :thread_id AND seq = :target;

-- name: bot_offer
-- Gives an offer of the bot its place, while it is the bot that answers.
UPDATE threads SET last_seq = last_seq + 1, last_posted = last_seq + 1, last_at = :at
WHERE id = :thread_id AND kind = 'support' AND state = 'bot'
RETURNING last_seq AS seq, 4 AS side, customer_id, shop_id, team_id;

-- name: retire_visitor
-- The token of a visitor dies, once.
UPDATE people SET token_hash = NULL, not_before = :at WHERE id = :visitor_id AND token_hash = :hash AND kind = 'visitor';

-- name: adopt_thread
-- A visitor's conversation becomes that of the buyer whom he turned out to be, while it is fresh. A move that is under
-- way meanwhile, and would tell the visitor, looks again.
UPDATE threads SET customer_id = :me, topic = :topic, last_seq = last_seq + 1, revision = revision + 1
WHERE id = :thread_id AND customer_id = :visitor_id AND kind = 'support' AND EXISTS (
    SELECT 1 FROM events AS e
    WHERE e.thread_id = threads.id AND e.kind = 1 AND e.author_id = :visitor_id AND e.at > :since)
RETURNING last_seq AS seq, 5 AS side, customer_id, shop_id, team_id;

-- name: adopt_rest
-- His other conversations go along.
UPDATE threads SET customer_id = :me, topic = CAST(:topic AS TEXT) || '_' || topic, revision = revision + 1
WHERE customer_id = :visitor_id AND kind = 'support';

-- name: adopt_events
-- What he said is now said by the buyer; nothing moves.
UPDATE events SET author_id = :me
WHERE author_id = :visitor_id AND thread_id IN (SELECT t.id FROM threads AS t WHERE t.customer_id = :me AND t.kind = 'support');

-- name: adopt_marks
-- What he had read stays read.
UPDATE participants SET person_id = :me
WHERE person_id = :visitor_id AND thread_id IN (SELECT t.id FROM threads AS t WHERE t.customer_id = :me AND t.kind = 'support');

-- name: adopt_photos
-- His photos go with it.
UPDATE photos SET owner_id = :me
WHERE owner_id = :visitor_id AND thread_id IN (SELECT t.id FROM threads AS t WHERE t.customer_id = :me AND t.kind = 'support');

-- name: adoptable_thread
-- The conversation of a visitor.
SELECT id, kind, customer_id, shop_id, product_id, order_id, last_seq, last_at, created_at, team_id
FROM threads WHERE kind = 'support' AND customer_id = :visitor_id ORDER BY last_at DESC LIMIT 1;
