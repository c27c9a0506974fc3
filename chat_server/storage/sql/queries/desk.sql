-- name: desk_thread
-- A support thread as moves see it, with whose it is.
SELECT t.id, t.customer_id, p.kind AS customer_kind, p.locale, p.zone, p.origin, t.topic, t.team_id, t.state, t.agent_id,
    t.last_agent_id, t.revision, t.episode, t.last_seq, t.last_at, t.waiting_since, t.queued_at, t.queue_key, t.assigned_at,
    t.staff_at, t.wake_at, t.resolved_at, t.priority, t.labels
FROM threads AS t JOIN people AS p ON p.id = t.customer_id
WHERE t.id = :thread_id AND t.kind = 'support';

-- name: move_thread
-- A move that all parties see. Touches no row where the thread has moved since it was looked at, or where more was said
-- than whoever ends it has seen. A move that the bot announces is a message of his.
UPDATE threads SET
    last_seq = last_seq + 1,
    last_posted = CASE WHEN CAST(:side AS BIGINT) = 4 THEN last_seq + 1 ELSE last_posted END,
    last_at = CASE WHEN CAST(:side AS BIGINT) = 4 THEN CAST(:at AS BIGINT) ELSE last_at END,
    state = :state,
    team_id = :team_id,
    agent_id = :agent_id,
    last_agent_id = :last_agent_id,
    queue_key = :queue_key,
    queued_at = :queued_at,
    assigned_at = :assigned_at,
    wake_at = :wake_at,
    resolved_at = :resolved_at,
    episode = :episode,
    priority = CASE WHEN CAST(:fresh AS BIGINT) = 1 THEN 0 ELSE priority END,
    labels = CASE WHEN CAST(:fresh AS BIGINT) = 1 THEN '' ELSE labels END,
    misses = 0,
    revision = revision + 1,
    answered = CASE
        WHEN CAST(:state AS TEXT) = 'resolved' THEN last_seq + 1
        WHEN CAST(:answered AS BIGINT) > answered THEN CAST(:answered AS BIGINT)
        ELSE answered END,
    waiting_since = CASE WHEN CAST(:state AS TEXT) = 'resolved' THEN NULL ELSE waiting_since END
WHERE id = :thread_id AND kind = 'support' AND revision = :revision
    AND (CAST(:seen AS BIGINT) IS NULL OR NOT EXISTS (
        SELECT 1 FROM events AS e
        WHERE e.thread_id = threads.id AND e.seq > CAST(:seen AS BIGINT) AND e.kind = 1 AND e.side = 1))
RETURNING last_seq AS seq, CAST(:side AS BIGINT) AS side, customer_id, shop_id, team_id;

-- name: move_quietly
-- A move that is only the desk's business: no event tells of it.
UPDATE threads SET
    state = :state,
    team_id = :team_id,
    agent_id = :agent_id,
    last_agent_id = :last_agent_id,
    queue_key = :queue_key,
    queued_at = :queued_at,
    assigned_at = :assigned_at,
    wake_at = :wake_at,
    aside_seq = :aside_seq,
    revision = revision + 1
WHERE id = :thread_id AND kind = 'support' AND revision = :revision;

-- name: give_back
-- The bot answers again: whatever no person has answered. A last statement beside `move_thread`.
UPDATE threads SET
    answered = CASE WHEN said.seq > threads.answered THEN said.seq ELSE threads.answered END,
    waiting_since = CASE WHEN EXISTS (
        SELECT 1 FROM events AS e
        WHERE e.thread_id = threads.id AND e.kind = 1 AND e.side = 1 AND e.seq > said.seq AND e.seq > threads.answered)
        THEN waiting_since ELSE NULL END
FROM (SELECT COALESCE(MAX(e.seq), 0) AS seq FROM events AS e
    WHERE e.thread_id = :thread_id AND e.kind = 1 AND e.side IN (3, 4)) AS said
WHERE threads.id = :thread_id;

-- name: mark_thread
-- Priority and labels; a queued one changes its place.
UPDATE threads SET priority = :priority, labels = :labels, queue_key = :queue_key, revision = revision + 1
WHERE id = :thread_id AND kind = 'support' AND revision = :revision;

-- name: warn_of_closing
-- The customer is told that his silence will end it.
UPDATE threads SET last_seq = last_seq + 1, warned_at = :at
WHERE id = :thread_id AND kind = 'support' AND state = 'assigned' AND revision = :revision AND waiting_since IS NULL
    AND (warned_at IS NULL OR warned_at < last_at OR warned_at < assigned_at)
RETURNING last_seq AS seq, 5 AS side, customer_id, shop_id, team_id;

-- name: post_reply
-- Gives an agent's message its place: in a thread that he has and still sees, once a key.
UPDATE threads SET last_seq = last_seq + 1, last_posted = last_seq + 1, last_at = :at, staff_at = :at, waiting_since = NULL
WHERE id = :thread_id AND kind = 'support' AND state = 'assigned' AND agent_id = :me
    AND EXISTS (SELECT 1 FROM people AS p WHERE p.id = :me AND (p.role = 'supervisor' OR EXISTS (
        SELECT 1 FROM team_members AS m WHERE m.team_id = threads.team_id AND m.person_id = :me)))
    AND NOT EXISTS (SELECT 1 FROM events AS e WHERE e.client_key = :client_key AND e.author_id = :me)
    AND NOT EXISTS (SELECT 1 FROM client_writes AS w WHERE w.client_key = :client_key AND w.person_id = :me)
    AND (CAST(:target AS BIGINT) IS NULL OR EXISTS (
        SELECT 1 FROM events AS r WHERE r.thread_id = threads.id AND r.seq = :target AND r.kind = 1))
RETURNING last_seq AS seq, 3 AS side, customer_id, shop_id, team_id;

-- name: change_reply
-- Gives an edit or withdrawal of an agent's own message its place, while he has the thread.
UPDATE threads SET last_seq = last_seq + 1
WHERE id = :thread_id AND kind = 'support' AND agent_id = :me
    AND EXISTS (SELECT 1 FROM people AS p WHERE p.id = :me AND (p.role = 'supervisor' OR EXISTS (
        SELECT 1 FROM team_members AS m WHERE m.team_id = threads.team_id AND m.person_id = :me)))
    AND EXISTS (
        SELECT 1 FROM events AS t
        WHERE t.thread_id = threads.id AND t.seq = :target AND t.kind = 1 AND t.author_id = :me
            AND t.withdrawn_at IS NULL AND t.at > :since)
    AND NOT EXISTS (SELECT 1 FROM reports AS r WHERE r.thread_id = threads.id AND r.seq = :target)
    AND NOT EXISTS (SELECT 1 FROM events AS e WHERE e.client_key = :client_key AND e.author_id = :me)
    AND NOT EXISTS (SELECT 1 FROM client_writes AS w WHERE w.client_key = :client_key AND w.person_id = :me)
RETURNING last_seq AS seq, 3 AS side, customer_id, shop_id, team_id;

-- name: begin_episode
-- People have something to do with a thread, from here on.
INSERT INTO episodes (thread_id, number, team_id, agent_id, language, asked_at, cause, first_due, resolve_due, assigned_at, transfers, comment)
VALUES (:thread_id, :episode, :team_id, :agent_id, :language, :at, :cause, :first_due, :resolve_due, :assigned_at, 0, '');

-- name: episode_assigned
-- Somebody has it; when first, is kept.
UPDATE episodes SET agent_id = :agent_id, team_id = :team_id, assigned_at = COALESCE(assigned_at, :at), transfers = transfers + :passed
WHERE thread_id = :thread_id AND number = :episode;

-- name: episode_passed
-- It waits for another team.
UPDATE episodes SET team_id = :team_id, transfers = transfers + 1 WHERE thread_id = :thread_id AND number = :episode;

-- name: episode_answered
-- The first answer of an episode.
UPDATE episodes SET answered_at = :at
WHERE thread_id = :thread_id AND answered_at IS NULL
    AND number = (SELECT t.episode FROM threads AS t WHERE t.id = :thread_id);

-- name: episode_ended
-- An episode is over.
UPDATE episodes SET resolved_at = :at, labels = (SELECT t.labels FROM threads AS t WHERE t.id = :thread_id)
WHERE thread_id = :thread_id AND number = :episode AND resolved_at IS NULL;

-- name: episode_resumed
-- It is not over after all.
UPDATE episodes SET resolved_at = NULL WHERE thread_id = :thread_id AND number = :episode;

-- name: agent_answered
-- Who writes has not missed his turn.
UPDATE agents SET missed = 0 WHERE person_id = :me AND missed <> 0;

-- name: take_turn
-- An agent is given a thread of one of his teams by routing. Of two nodes that give him one at the same time, one loses here.
UPDATE agents SET assigned_at = :at, revision = revision + 1
WHERE person_id = :agent_id AND revision = :agent_revision AND active = 1 AND availability = 'online' AND EXISTS (
    SELECT 1 FROM people AS p WHERE p.id = :agent_id AND (p.role = 'supervisor' OR EXISTS (
        SELECT 1 FROM team_members AS m WHERE m.person_id = :agent_id AND m.team_id = :team_id)));

-- name: take_on
-- An agent takes a thread, or is given one by a colleague.
UPDATE agents SET assigned_at = :at, revision = revision + 1
WHERE person_id = :agent_id AND active = 1 AND EXISTS (
    SELECT 1 FROM people AS p WHERE p.id = :agent_id AND (p.role = 'supervisor' OR EXISTS (
        SELECT 1 FROM team_members AS m WHERE m.person_id = :agent_id AND m.team_id = :team_id)));

-- name: missed_turn
-- An agent let a customer wait. At the second time in a row he is set to away.
UPDATE agents SET missed = missed + 1, revision = revision + 1,
    availability = CASE WHEN missed + 1 >= :most AND availability = 'online' THEN 'away' ELSE availability END
WHERE person_id = :agent_id
RETURNING availability;

-- name: pass_over
-- A thread is not offered to this agent for a while.
INSERT INTO passed_over (thread_id, person_id, until) VALUES (:thread_id, :agent_id, :until)
ON CONFLICT (thread_id, person_id) DO UPDATE SET until = excluded.until;

-- name: drop_old_passes
-- They have had their time.
DELETE FROM passed_over WHERE until < :at;

-- name: passed_over
-- To whom a thread is not offered now.
SELECT person_id FROM passed_over WHERE thread_id = :thread_id AND until > :at;

-- name: set_availability
-- Whether an agent wishes to be given threads. One who says that he is here has missed nothing.
UPDATE agents SET availability = :availability, missed = 0, revision = revision + 1 WHERE person_id = :me AND active = 1;

-- name: agent_seen
-- He has a socket here.
UPDATE agents SET seen_at = :at, gone_at = NULL WHERE person_id = :person_id;

-- name: agent_gone
-- His last socket closed.
UPDATE agents SET gone_at = :at WHERE person_id = :person_id AND gone_at IS NULL;

-- name: queue_heads
-- Who is next in the queue of a team.
SELECT id FROM threads WHERE kind = 'support' AND queue_key IS NOT NULL AND team_id = :team_id
ORDER BY queue_key, id LIMIT :limit;

-- name: queue_places
-- The customers of a queue, in its order.
SELECT id, customer_id FROM threads WHERE kind = 'support' AND queue_key IS NOT NULL AND team_id = :team_id
ORDER BY queue_key, id LIMIT 10000;

-- name: queue_place_of
-- How many are before a thread, itself counted.
SELECT COUNT(*) AS place FROM threads AS t JOIN threads AS me ON me.id = :thread_id
WHERE t.kind = 'support' AND t.queue_key IS NOT NULL AND t.team_id = me.team_id AND me.queue_key IS NOT NULL
    AND (t.queue_key < me.queue_key OR (t.queue_key = me.queue_key AND t.id <= me.id));

-- name: assigned_lately
-- How fast a team's queue moves. Who came to an agent without standing in it tells nothing of that.
SELECT COUNT(*) AS assigned FROM episodes
WHERE team_id = :team_id AND asked_at > :since AND assigned_at > :since
    AND (cause IN ('wish', 'direct') OR assigned_at > asked_at);

-- name: team_agents
-- Who may be given threads of a team, and how many each has. They are counted in three parts, each of which is a stretch of
-- the index `desk_load`: of hundreds that wait for their customers none is looked at.
SELECT a.person_id AS id, a.capacity, a.availability, a.seen_at, a.gone_at, a.assigned_at, a.revision,
    (SELECT COUNT(*) FROM threads AS t WHERE t.agent_id = a.person_id AND t.state = 'assigned' AND t.waiting_since > 0)
    + (SELECT COUNT(*) FROM threads AS t WHERE t.agent_id = a.person_id AND t.state = 'assigned'
        AND t.waiting_since IS NULL AND t.staff_at > :busy_since)
    + (SELECT COUNT(*) FROM threads AS t WHERE t.agent_id = a.person_id AND t.state = 'assigned'
        AND t.waiting_since IS NULL AND t.staff_at IS NULL AND t.assigned_at > :busy_since) AS load
FROM team_members AS m JOIN agents AS a ON a.person_id = m.person_id
WHERE m.team_id = :team_id AND a.active = 1;

-- name: agent_by_id
-- What routing knows of one agent.
SELECT a.person_id AS id, a.capacity, a.availability, a.seen_at, a.gone_at, a.assigned_at, a.revision,
    (SELECT COUNT(*) FROM threads AS t WHERE t.agent_id = a.person_id AND t.state = 'assigned' AND t.waiting_since > 0)
    + (SELECT COUNT(*) FROM threads AS t WHERE t.agent_id = a.person_id AND t.state = 'assigned'
        AND t.waiting_since IS NULL AND t.staff_at > :busy_since)
    + (SELECT COUNT(*) FROM threads AS t WHERE t.agent_id = a.person_id AND t.state = 'assigned'
        AND t.waiting_since IS NULL AND t.staff_at IS NULL AND t.assigned_at > :busy_since) AS load
FROM agents AS a WHERE a.person_id = :agent_id AND a.active = 1;

-- name: team_routes
-- All teams, with what routing needs to know of each.
SELECT id, name, languages, topics, zone, hours, first_answer_minutes, resolution_minutes FROM teams ORDER BY id;

-- name: teams_of_person
-- Where an agent works.
SELECT team_id FROM team_members WHERE person_id = :person_id ORDER BY team_id;

-- name: queued_teams
-- Teams with somebody in the queue.
SELECT t.id FROM teams AS t WHERE EXISTS (
    SELECT 1 FROM threads AS q WHERE q.kind = 'support' AND q.queue_key IS NOT NULL AND q.team_id = t.id)
ORDER BY t.id;

-- name: threads_to_attend
-- Whose customer has waited since before an instant for somebody to look at what he wrote: the net under the node
-- that took the message. What was put aside while he waited is left aside until he writes again.
SELECT id FROM threads
WHERE kind = 'support' AND state IN ('bot', 'resolved', 'snoozed') AND waiting_since <= :before
    AND (state <> 'snoozed' OR last_posted > aside_seq)
ORDER BY waiting_since LIMIT 50;

-- name: threads_to_answer
-- Who waits for the opening and has asked something meanwhile that the bot has not dealt with: the same net.
SELECT id FROM threads
WHERE kind = 'support' AND state = 'queued_offline' AND last_at <= :before AND last_at > :after AND EXISTS (
    SELECT 1 FROM events AS e
    WHERE e.thread_id = threads.id AND e.seq > threads.answered AND e.kind = 1 AND e.side = 1)
ORDER BY last_at LIMIT 50;

-- name: threads_offline
-- Who waits for the opening, oldest first.
SELECT id FROM threads WHERE kind = 'support' AND state = 'queued_offline' AND team_id = :team_id
ORDER BY queued_at, id LIMIT :limit;

-- name: threads_unanswered
-- Whose agent has not written in time.
SELECT id FROM threads
WHERE kind = 'support' AND state = 'assigned' AND waiting_since <= :before AND assigned_at <= :before
ORDER BY waiting_since LIMIT 50;

-- name: threads_of_gone
-- Held by agents without a socket, since when. CROSS JOIN makes SQLite begin with the agents, of whom few are gone.
SELECT t.id FROM agents AS a CROSS JOIN threads AS t
WHERE t.agent_id = a.person_id AND t.state = 'assigned' AND (a.gone_at IS NOT NULL OR a.seen_at <= :unseen OR a.active = 0)
    AND (CASE WHEN a.active = 0 THEN 0 WHEN a.gone_at IS NOT NULL THEN a.gone_at WHEN a.seen_at <= :unseen THEN a.seen_at END)
        <= (CASE WHEN t.waiting_since IS NOT NULL THEN CAST(:unanswered AS BIGINT) ELSE CAST(:answered AS BIGINT) END)
    AND t.assigned_at <= (CASE WHEN a.active = 0 THEN CAST(:now AS BIGINT) WHEN t.waiting_since IS NOT NULL THEN CAST(:unanswered AS BIGINT) ELSE CAST(:answered AS BIGINT) END)
LIMIT 50;

-- name: threads_of_strangers
-- Held by agents who work in another team by now, and do not see them any more.
SELECT t.id FROM (
    SELECT DISTINCT team_id, agent_id FROM threads
    WHERE kind = 'support' AND state NOT IN ('bot', 'resolved') AND agent_id IS NOT NULL) AS held
CROSS JOIN threads AS t
WHERE t.agent_id = held.agent_id AND t.team_id = held.team_id AND t.state = 'assigned'
    AND NOT EXISTS (SELECT 1 FROM team_members AS m WHERE m.team_id = held.team_id AND m.person_id = held.agent_id)
    AND NOT EXISTS (SELECT 1 FROM people AS p WHERE p.id = held.agent_id AND p.role = 'supervisor')
LIMIT 50;

-- name: serves_team
-- Whether somebody who works here sees the threads of a team.
SELECT COUNT(*) AS serves FROM people AS p JOIN agents AS a ON a.person_id = p.id AND a.active = 1
WHERE p.id = :agent_id AND (p.role = 'supervisor' OR EXISTS (
    SELECT 1 FROM team_members AS m WHERE m.team_id = :team_id AND m.person_id = p.id));

-- name: threads_silent
-- Whose customer has said nothing since before an instant, though he was answered, and was told of the end in time.
-- Who has taken it up again since, or had put it aside, begins anew.
SELECT id FROM threads
WHERE kind = 'support' AND state = 'assigned' AND waiting_since IS NULL AND last_at <= :before AND assigned_at <= :before
    AND warned_at <= :warned AND warned_at >= last_at AND warned_at >= assigned_at
ORDER BY last_at LIMIT 50;

-- name: threads_to_warn
-- The same, of those who were not told yet.
SELECT id FROM threads
WHERE kind = 'support' AND state = 'assigned' AND waiting_since IS NULL AND last_at <= :before AND assigned_at <= :before
    AND (warned_at IS NULL OR warned_at < last_at OR warned_at < assigned_at)
ORDER BY last_at LIMIT 50;

-- name: queued_of_visitor
-- How many of one visitor's other threads wait for people.
SELECT COUNT(*) AS queued FROM threads
WHERE kind = 'support' AND customer_id = :customer_id AND state IN ('queued', 'queued_offline') AND id <> :thread_id;

-- name: queued_of_origin
-- How many visitors' threads of one address wait for people.
SELECT COUNT(*) AS queued FROM threads AS t JOIN people AS p ON p.id = t.customer_id
WHERE t.kind = 'support' AND t.state IN ('queued', 'queued_offline') AND p.kind = 'visitor' AND p.origin = :origin
    AND t.id <> :thread_id;

-- name: desk_mine
-- A page of what an agent has, newest activity first.
SELECT t.id, t.last_at FROM threads AS t
WHERE t.agent_id = :me AND t.state = 'assigned'
    AND (CAST(:everything AS BIGINT) = 1 OR EXISTS (
        SELECT 1 FROM team_members AS m WHERE m.team_id = t.team_id AND m.person_id = :me))
    AND (t.last_at < :before_at OR (t.last_at = :before_at AND t.id < :before_id))
    AND (CAST(:label AS TEXT) = '' OR t.labels LIKE '% ' || CAST(:label AS TEXT) || ' %')
    AND (CAST(:priority AS BIGINT) IS NULL OR t.priority = CAST(:priority AS BIGINT))
    AND (CAST(:team_id AS BIGINT) IS NULL OR t.team_id = CAST(:team_id AS BIGINT))
ORDER BY t.last_at DESC, t.id DESC LIMIT :limit;

-- name: desk_open
-- A page of all that is under way in an agent's teams, newest activity first.
SELECT t.id, t.last_at FROM threads AS t
WHERE t.kind = 'support' AND t.state NOT IN ('bot', 'resolved')
    AND (t.last_at < :before_at OR (t.last_at = :before_at AND t.id < :before_id))
    AND (CAST(:everything AS BIGINT) = 1 OR EXISTS (
        SELECT 1 FROM team_members AS m WHERE m.team_id = t.team_id AND m.person_id = :me))
    AND (CAST(:agent_id AS BIGINT) IS NULL OR t.agent_id = CAST(:agent_id AS BIGINT))
    AND (CAST(:label AS TEXT) = '' OR t.labels LIKE '% ' || CAST(:label AS TEXT) || ' %')
    AND (CAST(:priority AS BIGINT) IS NULL OR t.priority = CAST(:priority AS BIGINT))
    AND (CAST(:team_id AS BIGINT) IS NULL OR t.team_id = CAST(:team_id AS BIGINT))
ORDER BY t.last_at DESC, t.id DESC LIMIT :limit;

-- name: desk_in_state
-- A page of the threads in one state, newest activity first.
SELECT t.id, t.last_at FROM threads AS t
WHERE t.kind = 'support' AND t.state = :state AND t.last_posted > 0
    AND (t.last_at < :before_at OR (t.last_at = :before_at AND t.id < :before_id))
    AND (CAST(:everything AS BIGINT) = 1 OR EXISTS (
        SELECT 1 FROM team_members AS m WHERE m.team_id = t.team_id AND m.person_id = :me))
    AND (CAST(:agent_id AS BIGINT) IS NULL OR t.agent_id = CAST(:agent_id AS BIGINT) OR t.last_agent_id = CAST(:agent_id AS BIGINT))
    AND (CAST(:label AS TEXT) = '' OR t.labels LIKE '% ' || CAST(:label AS TEXT) || ' %')
    AND (CAST(:priority AS BIGINT) IS NULL OR t.priority = CAST(:priority AS BIGINT))
    AND (CAST(:team_id AS BIGINT) IS NULL OR t.team_id = CAST(:team_id AS BIGINT))
ORDER BY t.last_at DESC, t.id DESC LIMIT :limit;

-- name: desk_unassigned
-- A page of those who wait for somebody, in the order of the queue; who waits for the opening comes after all others.
SELECT t.id, COALESCE(t.queue_key, t.queued_at + :offline) AS place FROM threads AS t
WHERE t.kind = 'support' AND t.state IN ('queued', 'queued_offline')
    AND (COALESCE(t.queue_key, t.queued_at + :offline) > :after_key
        OR (COALESCE(t.queue_key, t.queued_at + :offline) = :after_key AND t.id > :after_id))
    AND (CAST(:everything AS BIGINT) = 1 OR EXISTS (
        SELECT 1 FROM team_members AS m WHERE m.team_id = t.team_id AND m.person_id = :me))
    AND (CAST(:label AS TEXT) = '' OR t.labels LIKE '% ' || CAST(:label AS TEXT) || ' %')
    AND (CAST(:priority AS BIGINT) IS NULL OR t.priority = CAST(:priority AS BIGINT))
    AND (CAST(:team_id AS BIGINT) IS NULL OR t.team_id = CAST(:team_id AS BIGINT))
ORDER BY place, t.id LIMIT :limit;

-- name: desk_of_customer
-- Other support threads of one customer, as far as they are an agent's teams'.
SELECT t.id FROM threads AS t
WHERE t.customer_id = :customer_id AND t.kind = 'support' AND t.id <> :thread_id AND t.last_posted > 0
    AND (CAST(:everything AS BIGINT) = 1 OR EXISTS (
        SELECT 1 FROM team_members AS m WHERE m.team_id = t.team_id AND m.person_id = :me))
ORDER BY t.last_at DESC LIMIT 20;

-- name: desk_cards
-- Support threads with all that the desk's lists show. `ids` is a JSON array; who may see them was asked before.
SELECT t.id, t.revision, t.state, t.customer_id, c.name AS customer_name, c.kind AS customer_kind, c.locale, c.zone, c.country,
    (SELECT COUNT(*) FROM shop_members AS s WHERE s.person_id = t.customer_id) AS shops,
    t.topic, t.team_id, t.agent_id, a.name AS agent_name, t.last_agent_id, l.name AS last_agent_name,
    t.priority, t.labels, t.waiting_since, t.queued_at, t.queue_key, t.assigned_at, t.wake_at, t.resolved_at,
    t.last_seq, t.last_posted, t.last_at, t.created_at, t.note_seq,
    CASE WHEN ep.answered_at IS NULL THEN ep.first_due END AS first_due,
    CASE WHEN ep.resolved_at IS NULL THEN ep.resolve_due END AS resolve_due, ep.csat,
    e.at AS message_at, e.side AS message_side, e.author_id AS message_author, e.text AS message_text,
    e.body AS message_body, e.target AS message_target, e.edited_at AS message_edited,
    e.withdrawn_at AS message_withdrawn, e.client_key AS message_key,
    COALESCE(p.read, 0) AS read,
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM events AS u
        WHERE u.thread_id = t.id AND u.seq > COALESCE(p.read, 0) AND u.kind = 1 AND u.side = 1
        LIMIT 100) AS unread_events) AS unread
FROM json_each(:ids) AS j
JOIN threads AS t ON t.id = j.value
JOIN people AS c ON c.id = t.customer_id
LEFT JOIN people AS a ON a.id = t.agent_id
LEFT JOIN people AS l ON l.id = t.last_agent_id
LEFT JOIN episodes AS ep ON ep.thread_id = t.id AND ep.number = t.episode
LEFT JOIN events AS e ON e.thread_id = t.id AND e.seq = t.last_posted
LEFT JOIN participants AS p ON p.thread_id = t.id AND p.person_id = :me;

-- name: desk_counts
-- How many threads are under way, by team, state and agent, and in how many of them the customer waits.
SELECT team_id, state, agent_id, COUNT(waiting_since) AS waiting, COUNT(*) AS threads
FROM threads
WHERE kind = 'support' AND state NOT IN ('bot', 'resolved')
GROUP BY team_id, state, agent_id;

-- name: desk_agents
-- All who work here, and how busy each is.
SELECT a.person_id AS id, p.name, p.role, a.capacity, a.availability, a.seen_at, a.gone_at,
    (SELECT COUNT(*) FROM threads AS t WHERE t.agent_id = a.person_id AND t.state = 'assigned' AND t.waiting_since > 0)
    + (SELECT COUNT(*) FROM threads AS t WHERE t.agent_id = a.person_id AND t.state = 'assigned'
        AND t.waiting_since IS NULL AND t.staff_at > :busy_since)
    + (SELECT COUNT(*) FROM threads AS t WHERE t.agent_id = a.person_id AND t.state = 'assigned'
        AND t.waiting_since IS NULL AND t.staff_at IS NULL AND t.assigned_at > :busy_since) AS load
FROM agents AS a JOIN people AS p ON p.id = a.person_id
WHERE a.active = 1 ORDER BY p.name, a.person_id;

-- name: memberships
-- Who works in which team.
SELECT person_id, team_id FROM team_members ORDER BY team_id;

-- name: write_note
-- Gives a private note its place. What a customer sees of the thread does not change.
UPDATE threads SET note_seq = note_seq + 1 WHERE id = :thread_id AND kind = 'support'
RETURNING note_seq, last_seq AS after_seq, team_id;

-- name: add_note
-- The note itself; its places come from the statement before.
INSERT INTO notes (thread_id, note_seq, after_seq, at, author_id, text, mentions)
VALUES (:thread_id, :note_seq, :after_seq, :at, :me, :text, :mentions);

-- name: notes_after
-- Private notes of a thread, in order.
SELECT n.note_seq, n.after_seq, n.at, n.author_id, p.name AS author_name, n.text, n.mentions
FROM notes AS n JOIN people AS p ON p.id = n.author_id
WHERE n.thread_id = :thread_id AND n.note_seq > :after ORDER BY n.note_seq LIMIT 500;

-- name: newest_note_of
-- What somebody wrote last.
SELECT n.note_seq, n.after_seq, n.at, n.author_id, p.name AS author_name, n.text, n.mentions
FROM notes AS n JOIN people AS p ON p.id = n.author_id
WHERE n.thread_id = :thread_id AND n.author_id = :me ORDER BY n.note_seq DESC LIMIT 1;

-- name: note_of_key
-- What an earlier write under this key was given.
SELECT w.body_hash, w.answer FROM client_writes AS w WHERE w.client_key = :client_key AND w.person_id = :me;

-- name: keep_note_key
-- The key of a note, with the place that it was given.
INSERT INTO client_writes (client_key, person_id, body_hash, answer, at)
VALUES (:client_key, :me, :body_hash, CAST(CAST(:note_seq AS BIGINT) AS TEXT), :at);

-- name: bot_attempts
-- What the bot made of a customer's questions, newest first.
SELECT b.seq, b.at, q.text AS question, b.outcome, b.entry, b.runner_up, b.probability, b.helpful
FROM bot_turns AS b LEFT JOIN events AS q ON q.thread_id = b.thread_id AND q.seq = b.question
WHERE b.thread_id = :thread_id ORDER BY b.seq DESC LIMIT 30;

-- name: episodes_of
-- The runs of a thread with people, newest first.
SELECT ep.number, ep.asked_at, ep.cause, ep.answered_at, ep.resolved_at, ep.agent_id, p.name AS agent_name, ep.csat, ep.comment
FROM episodes AS ep LEFT JOIN people AS p ON p.id = ep.agent_id
WHERE ep.thread_id = :thread_id ORDER BY ep.number DESC LIMIT 20;

-- name: customer_by_id
-- Who asks.
SELECT p.id, p.name, p.kind, p.locale, p.zone, p.country,
    (SELECT COUNT(*) FROM shop_members AS s WHERE s.person_id = p.id) AS shops
FROM people AS p WHERE p.id = :person_id;

-- name: person_name
-- How somebody is called.
SELECT name FROM people WHERE id = :person_id;

-- name: contact_email
-- Where the customer of a thread wishes to be answered.
SELECT email FROM contacts WHERE thread_id = :thread_id;
