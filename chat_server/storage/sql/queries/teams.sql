-- name: teams_in_full
-- Every team, the default one first.
SELECT t.id, t.name, t.languages, t.topics, t.zone, t.hours, t.first_answer_minutes, t.resolution_minutes, t.revision
FROM teams AS t ORDER BY CASE WHEN t.id = 1 THEN 0 ELSE 1 END, t.name, t.id;

-- name: team_in_full
-- One of them.
SELECT t.id, t.name, t.languages, t.topics, t.zone, t.hours, t.first_answer_minutes, t.resolution_minutes, t.revision
FROM teams AS t WHERE t.id = :team_id;

-- name: people_of_teams
-- Who is in which team, by name.
SELECT m.team_id, p.id, p.name FROM team_members AS m JOIN people AS p ON p.id = m.person_id
ORDER BY m.team_id, p.name, p.id;

-- name: add_team
-- A new team; nobody is in it yet.
INSERT INTO teams (id, name, languages, topics, zone, hours, first_answer_minutes, resolution_minutes, revision, created_at)
VALUES (:id, :name, :languages, :topics, :zone, :hours, :first_answer_minutes, :resolution_minutes, 1, :at);

-- name: change_team
-- Of two who change the same team, one looks again.
UPDATE teams SET name = :name, languages = :languages, topics = :topics, zone = :zone, hours = :hours,
    first_answer_minutes = :first_answer_minutes, resolution_minutes = :resolution_minutes, revision = revision + 1
WHERE id = :id AND revision = :revision;

-- name: touch_team
-- Its people change.
UPDATE teams SET revision = revision + 1 WHERE id = :team_id AND revision = :revision;

-- name: empty_team
-- Nobody is in it.
DELETE FROM team_members WHERE team_id = :team_id;

-- name: seat_in_team
-- Somebody who works here is in it.
INSERT INTO team_members (team_id, person_id)
SELECT t.id, a.person_id FROM teams AS t JOIN agents AS a ON a.person_id = :person_id WHERE t.id = :team_id;

-- name: give_up_team
-- First of the statements that end a team: only where no thread that is not at its end and nobody points to it.
UPDATE teams SET revision = revision + 1
WHERE id = :team_id AND revision = :revision
    AND NOT EXISTS (SELECT 1 FROM team_members AS m WHERE m.team_id = teams.id)
    AND NOT EXISTS (
        SELECT 1 FROM threads AS t
        WHERE t.team_id = teams.id AND t.kind = 'support' AND t.state NOT IN ('bot', 'resolved'));

-- name: inherit_threads
-- Ended threads of a team that goes are the default team's from then on.
UPDATE threads SET team_id = 1 WHERE team_id = :team_id;

-- name: inherit_episodes
-- The same of what is kept of them.
UPDATE episodes SET team_id = 1 WHERE team_id = :team_id;

-- name: inherit_canned
-- What it said often may be said by all.
UPDATE canned_replies SET team_id = NULL WHERE team_id = :team_id;

-- name: inherit_macros
-- What it did often may be done by all.
UPDATE macros SET team_id = NULL WHERE team_id = :team_id;

-- name: drop_team
-- Last of the statements that end a team.
DELETE FROM teams WHERE id = :team_id;
