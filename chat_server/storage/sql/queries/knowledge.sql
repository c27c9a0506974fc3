-- name: faq_newest
-- The revision of each changed entry that is in force.
SELECT entry, MAX(revision) AS revision FROM faq_revisions GROUP BY entry ORDER BY entry;

-- name: faq_revision
-- One revision of an entry.
SELECT r.body FROM faq_revisions AS r
WHERE r.entry = :entry AND r.revision = :revision;

-- name: faq_history
-- What became of an entry, newest first.
SELECT r.revision, r.body, r.at, p.name FROM faq_revisions AS r LEFT JOIN people AS p ON p.id = r.author_id
WHERE r.entry = :entry ORDER BY r.revision DESC LIMIT 100;

-- name: faq_changes
-- When and by whom each changed entry was changed last.
SELECT r.entry, r.revision, r.at, p.name FROM faq_revisions AS r LEFT JOIN people AS p ON p.id = r.author_id
WHERE r.revision = (SELECT MAX(x.revision) FROM faq_revisions AS x WHERE x.entry = r.entry)
ORDER BY r.entry;

-- name: publish_revision
-- The next revision of an entry; of two people who change the same one, one looks again.
INSERT INTO faq_revisions (entry, revision, body, at, author_id)
SELECT CAST(:entry AS TEXT), CAST(:revision AS BIGINT), CAST(:body AS TEXT), CAST(:at AS BIGINT), p.id FROM people AS p
WHERE p.id = :me AND CAST(:revision AS BIGINT) = 1 + COALESCE((
    SELECT MAX(x.revision) FROM faq_revisions AS x WHERE x.entry = :entry), 0);

-- name: settle_turn
-- Somebody has looked after what the bot could not answer.
UPDATE bot_turns SET settled_at = :at WHERE thread_id = :thread_id AND seq = :seq AND settled_at IS NULL;

-- name: open_turns
-- What the bot could not answer, or answered without help, newest first: with what was asked and what came next.
SELECT b.thread_id, b.seq, b.at, b.outcome, b.entry, b.language, b.helpful, q.text, (
    SELECT n.body FROM events AS n
    WHERE n.thread_id = b.thread_id AND n.kind = 1 AND n.side = 1 AND n.seq = (
        SELECT MIN(m.seq) FROM events AS m
        WHERE m.thread_id = b.thread_id AND m.kind = 1 AND m.side = 1 AND m.seq > b.question)) AS next_body
FROM bot_turns AS b JOIN events AS q ON q.thread_id = b.thread_id AND q.seq = b.question
WHERE b.at >= :since AND b.settled_at IS NULL AND q.withdrawn_at IS NULL AND q.text <> ''
    AND (b.outcome IN ('miss', 'options') OR b.helpful = 0)
ORDER BY b.at DESC LIMIT 1000;

-- name: turns_by_day
-- How the bot's turns ended, by day.
SELECT b.at / 86400000 AS day, b.outcome, b.language, COUNT(*) AS turns,
    CAST(SUM(CASE WHEN b.helpful = 1 THEN 1 ELSE 0 END) AS BIGINT) AS helped,
    CAST(SUM(CASE WHEN b.helpful = 0 THEN 1 ELSE 0 END) AS BIGINT) AS not_helped
FROM bot_turns AS b WHERE b.at >= :since GROUP BY b.at / 86400000, b.outcome, b.language ORDER BY 1, 2, 3;

-- name: turns_by_entry
-- How often each entry was given, and whether it helped.
SELECT b.entry, COUNT(*) AS turns,
    CAST(SUM(CASE WHEN b.helpful = 1 THEN 1 ELSE 0 END) AS BIGINT) AS helped,
    CAST(SUM(CASE WHEN b.helpful = 0 THEN 1 ELSE 0 END) AS BIGINT) AS not_helped
FROM bot_turns AS b WHERE b.at >= :since AND b.outcome = 'answer' GROUP BY b.entry ORDER BY 2 DESC, 1;

-- name: talks_with_bot
-- In how many threads the bot was asked, and of how many a person took over.
SELECT COUNT(*) AS talks, CAST(COALESCE(SUM(handed), 0) AS BIGINT) AS handed FROM (
    SELECT b.thread_id, MAX(CASE WHEN b.outcome = 'handoff' THEN 1 ELSE 0 END) AS handed
    FROM bot_turns AS b WHERE b.at >= :since GROUP BY b.thread_id) AS counted;

-- name: guesses_taken
-- How often one of the guesses that were offered was tapped.
SELECT COUNT(*) AS taken FROM bot_turns AS b
WHERE b.at >= :since AND b.outcome = 'answer' AND b.why LIKE '%"rule":"button"%' AND (
    SELECT p.outcome FROM bot_turns AS p
    WHERE p.thread_id = b.thread_id AND p.seq < b.seq ORDER BY p.seq DESC LIMIT 1) = 'options';
