-- name: add_agent
-- What routing knows of somebody who begins to work here.
INSERT INTO agents (person_id, capacity, availability, permissions, active, seen_at, gone_at, assigned_at, missed, revision)
VALUES (:person_id, :capacity, 'online', '', 1, 0, NULL, 0, 0, 1);

-- name: join_team
-- Somebody joins a team that there is.
INSERT INTO team_members (team_id, person_id)
SELECT t.id, CAST(:person_id AS BIGINT) FROM teams AS t WHERE t.id = :team_id;

-- name: leave_teams
-- He is in none, until he joins again.
DELETE FROM team_members WHERE person_id = :person_id;

-- name: touch_teams_of
-- Who is in these teams changes: whoever would put their people as he saw them before looks again.
UPDATE teams SET revision = revision + 1
WHERE id IN (SELECT m.team_id FROM team_members AS m WHERE m.person_id = :person_id);

-- name: touch_agent
-- The same of a colleague whose teams change.
UPDATE agents SET edition = edition + 1 WHERE person_id = :person_id;

-- name: change_agent
-- Of two who change the same colleague, one looks again. NULL leaves a thing as it stands.
UPDATE agents SET revision = revision + 1, edition = edition + 1,
    capacity = COALESCE(CAST(:capacity AS BIGINT), capacity),
    permissions = COALESCE(CAST(:permissions AS TEXT), permissions),
    active = COALESCE(CAST(:active AS BIGINT), active)
WHERE person_id = :person_id AND edition = :revision;

-- name: change_staff
-- As above, of what everybody has.
UPDATE people SET name = COALESCE(CAST(:name AS TEXT), name), role = COALESCE(CAST(:role AS TEXT), role)
WHERE id = :person_id AND kind = 'staff';

-- name: staff_people
-- Everybody who works or worked here, by name.
SELECT p.id, p.name, p.email, p.role, p.locale, a.active,
    CASE WHEN p.password_hash IS NULL THEN 1 ELSE 0 END AS invited,
    a.capacity, a.availability, a.permissions, a.edition AS revision
FROM people AS p JOIN agents AS a ON a.person_id = p.id
WHERE p.kind = 'staff' ORDER BY p.name, p.id;

-- name: staff_person
-- One of them.
SELECT p.id, p.name, p.email, p.role, p.locale, a.active,
    CASE WHEN p.password_hash IS NULL THEN 1 ELSE 0 END AS invited,
    a.capacity, a.availability, a.permissions, a.edition AS revision
FROM people AS p JOIN agents AS a ON a.person_id = p.id
WHERE p.kind = 'staff' AND p.id = :person_id;

-- name: add_staff_session
-- A browser that is signed in, of somebody who still works here, in the role that he has now.
INSERT INTO sessions (hash, person_id, role, created_at, expires_at)
SELECT :hash, p.id, p.role, CAST(:created_at AS BIGINT), CAST(:expires_at AS BIGINT)
FROM people AS p JOIN agents AS a ON a.person_id = p.id
WHERE p.id = :person_id AND p.kind = 'staff' AND a.active = 1;

-- name: set_password_by_link
-- A new password ends all that the old one opened.
UPDATE people SET password_hash = :password_hash, not_before = :at WHERE id = :person_id AND kind = 'staff';
