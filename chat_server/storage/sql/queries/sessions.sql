-- name: add_ticket
-- Opens one socket, once.
INSERT INTO tickets (hash, person_id, role, key_id, proof_at, proof_until, expires_at)
VALUES (:hash, :person_id, :role, :key_id, :proof_at, :proof_until, :expires_at);

-- name: take_ticket
-- Of two who bring the same ticket, one finds it gone. Later revocations end the socket that it opens.
DELETE FROM tickets WHERE hash = :hash AND expires_at > :at
    AND proof_at >= (SELECT p.not_before FROM people AS p WHERE p.id = tickets.person_id)
RETURNING person_id, role, key_id, proof_until, (SELECT COALESCE(MAX(r.position), 0) FROM revocations AS r) AS revoked;

-- name: drop_session_tickets
-- A session ended, and what it gave with it.
DELETE FROM tickets WHERE person_id = :person_id AND key_id = '';

-- name: drop_old_tickets
-- Tickets that nobody brought.
DELETE FROM tickets WHERE expires_at < :at;

-- name: add_inbox_link
-- Signs a seller in, once.
INSERT INTO inbox_links (hash, person_id, created_at, expires_at) VALUES (:hash, :person_id, :created_at, :expires_at);

-- name: take_inbox_link
-- Of two who bring the same link, one finds it gone.
DELETE FROM inbox_links WHERE hash = :hash AND expires_at > :at
    AND created_at >= (SELECT p.not_before FROM people AS p WHERE p.id = inbox_links.person_id)
RETURNING person_id;

-- name: drop_old_inbox_links
-- Links that nobody followed.
DELETE FROM inbox_links WHERE expires_at < :at;

-- name: add_session
-- A browser that is signed in.
INSERT INTO sessions (hash, person_id, role, created_at, expires_at)
VALUES (:hash, :person_id, :role, :created_at, :expires_at);

-- name: session_by_hash
-- A session that still holds. Of who does not work here any more none does, whenever it was opened.
SELECT s.person_id, s.role, s.created_at, s.expires_at, p.name, p.locale
FROM sessions AS s JOIN people AS p ON p.id = s.person_id
WHERE s.hash = :hash AND s.expires_at > :at AND s.created_at >= p.not_before
    AND NOT EXISTS (SELECT 1 FROM agents AS a WHERE a.person_id = s.person_id AND a.active = 0);

-- name: drop_session
-- Signed out here.
DELETE FROM sessions WHERE hash = :hash;

-- name: drop_sessions_of
-- Signed out everywhere.
DELETE FROM sessions WHERE person_id = :person_id;

-- name: drop_old_sessions
-- Sessions that ran out.
DELETE FROM sessions WHERE expires_at < :at;
