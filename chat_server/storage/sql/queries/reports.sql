-- name: episodes_between
-- Every run of a thread with people that began in a span of time, oldest first.
SELECT e.thread_id, e.number, e.team_id, e.agent_id, e.language, e.asked_at, e.cause, e.first_due, e.resolve_due,
    e.assigned_at, e.answered_at, e.resolved_at, e.transfers, e.csat, e.comment, e.rated_at
FROM episodes AS e
WHERE e.asked_at >= :since AND e.asked_at < :until
    AND (CAST(:team_id AS BIGINT) IS NULL OR e.team_id = CAST(:team_id AS BIGINT))
ORDER BY e.asked_at;

-- name: report_teams
-- The teams, the oldest first, with what a report needs of them.
SELECT t.id, t.name, t.zone, t.hours FROM teams AS t ORDER BY t.id;

-- name: staff_names
-- Who works or worked here.
SELECT p.id, p.name FROM people AS p WHERE p.kind = 'staff' ORDER BY p.id;

-- name: talks_between
-- Talks in which the bot was asked, a thread and day (UTC) each, and in how many a person was reached within a day.
SELECT COUNT(*) AS talks, CAST(COALESCE(SUM(CASE WHEN EXISTS (
    SELECT 1 FROM episodes AS e
    WHERE e.thread_id = asked.thread_id AND e.asked_at >= asked.began AND e.asked_at < asked.began + 86400000)
    THEN 1 ELSE 0 END), 0) AS BIGINT) AS reached
FROM (
    SELECT b.thread_id, MIN(b.at) AS began FROM bot_turns AS b
    WHERE b.at >= :since AND b.at < :until
        AND (CAST(:language AS TEXT) = '' OR b.language = CAST(:language AS TEXT))
        AND (CAST(:team_id AS BIGINT) IS NULL OR EXISTS (
            SELECT 1 FROM threads AS t WHERE t.id = b.thread_id AND t.team_id = CAST(:team_id AS BIGINT)))
    GROUP BY b.thread_id, b.at / 86400000) AS asked;

-- name: rate_episode
-- The customer says how it was, of the newest episode and once it is over; a second time only while that is fresh.
UPDATE episodes SET csat = :score, comment = :comment, rated_at = COALESCE(rated_at, :at)
WHERE thread_id = :thread_id AND resolved_at IS NOT NULL AND (rated_at IS NULL OR rated_at > :since)
    AND number = (
        SELECT t.episode FROM threads AS t
        WHERE t.id = :thread_id AND t.customer_id = :me AND t.kind = 'support' AND t.state = 'resolved');

-- name: episode_to_rate
-- The newest episode of a support thread, as far as it matters for that.
SELECT t.state, t.team_id, e.resolved_at, e.rated_at FROM threads AS t
LEFT JOIN episodes AS e ON e.thread_id = t.id AND e.number = t.episode
WHERE t.id = :thread_id AND t.kind = 'support';

-- name: audit_page
-- What people who work here did, newest first.
SELECT a.id, a.at, a.actor_id, p.name AS actor_name, a.action, a.thread_id, a.details
FROM audit AS a LEFT JOIN people AS p ON p.id = a.actor_id
WHERE a.id < :before
    AND (CAST(:actor_id AS BIGINT) IS NULL OR a.actor_id = CAST(:actor_id AS BIGINT))
    AND (CAST(:action AS TEXT) = '' OR a.action = CAST(:action AS TEXT))
ORDER BY a.id DESC LIMIT :limit;

-- name: audit_page_of_thread
-- The same of one thread.
SELECT a.id, a.at, a.actor_id, p.name AS actor_name, a.action, a.thread_id, a.details
FROM audit AS a LEFT JOIN people AS p ON p.id = a.actor_id
WHERE a.thread_id = :thread_id AND a.id < :before
    AND (CAST(:actor_id AS BIGINT) IS NULL OR a.actor_id = CAST(:actor_id AS BIGINT))
    AND (CAST(:action AS TEXT) = '' OR a.action = CAST(:action AS TEXT))
ORDER BY a.id DESC LIMIT :limit;
