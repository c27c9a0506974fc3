-- name: queue_mail
-- A mail to send.
INSERT INTO mails (id, to_address, kind, locale, subject, text, html, created_at, next_at, attempts, sent_at, failed)
VALUES (:id, :to_address, :kind, :locale, :subject, :text, :html, :at, :at, 0, NULL, 0);

-- name: due_mails
-- What waits to be sent, oldest first.
SELECT id, kind, attempts FROM mails
WHERE sent_at IS NULL AND failed = 0 AND next_at <= :at ORDER BY next_at, id LIMIT 20;

-- name: claim_mail
-- Of two nodes that want the same one, one finds it taken. Whoever has it must be done before its lease ends.
UPDATE mails SET next_at = :lease, attempts = attempts + 1
WHERE id = :id AND attempts = :attempts AND sent_at IS NULL AND failed = 0
RETURNING to_address, subject, text, html;

-- name: mail_sent
-- Nothing is left of whom it went to and what it said.
UPDATE mails SET sent_at = :at, to_address = '', subject = '', text = '', html = ''
WHERE id = :id AND sent_at IS NULL AND failed = 0;

-- name: mail_failed
-- As above: there are no more tries.
UPDATE mails SET failed = 1, to_address = '', subject = '', text = '', html = ''
WHERE id = :id AND sent_at IS NULL AND failed = 0;

-- name: retry_mail
-- Later again, unless another node took it meanwhile.
UPDATE mails SET next_at = :next_at
WHERE id = :id AND attempts = :attempts AND sent_at IS NULL AND failed = 0;

-- name: drop_old_mails
-- What became of mails is known long enough.
DELETE FROM mails WHERE created_at < :before AND (sent_at IS NOT NULL OR failed = 1);

-- name: drop_old_mail_days
-- Only today counts.
DELETE FROM mail_days WHERE day < :day;

-- name: note_address
-- An address that somebody leaves today: the fourth different one touches no row.
INSERT INTO mail_days (person_id, day, address)
SELECT p.id, CAST(:day AS BIGINT), :address FROM people AS p
WHERE p.id = :me AND (
    SELECT COUNT(*) FROM mail_days AS d
    WHERE d.person_id = :me AND d.day = CAST(:day AS BIGINT) AND d.address <> :address) < :most
ON CONFLICT (person_id, day, address) DO UPDATE SET day = excluded.day;

-- name: put_contact
-- Where he wishes to be answered; what he has been told by mail stays told.
INSERT INTO contacts (thread_id, person_id, email, asked_at, mailed_seq)
VALUES (:thread_id, :me, :email, :at, 0)
ON CONFLICT (thread_id) DO UPDATE SET person_id = excluded.person_id, email = excluded.email, asked_at = excluded.asked_at;

-- name: drop_contact
-- He does not wish to be answered by mail any more.
DELETE FROM contacts WHERE thread_id = :thread_id;

-- name: put_visitor_zone
-- Where it is what time for somebody who is not signed in.
UPDATE people SET zone = :zone WHERE id = :me AND kind = 'visitor';

-- name: ask_mail
-- The answer goes by mail as well, where there is an address: with the mail that is waited for already, which another
-- revision keeps from being called done by who looked before this was said.
INSERT INTO deadlines (kind, subject_id, due_at, revision)
SELECT 'support.mail', c.thread_id, CAST(:mail_due AS BIGINT), CAST(:mail_due AS BIGINT) FROM contacts AS c
WHERE c.thread_id = :thread_id
ON CONFLICT (kind, subject_id) DO UPDATE SET revision = excluded.revision;

-- name: contact_of
-- Whom to mail about a thread, and from which message on: what he has neither read nor been mailed.
SELECT c.email, c.mailed_seq, t.customer_id, p.kind, p.locale, CASE
    WHEN c.mailed_seq > COALESCE(r.read, 0) THEN c.mailed_seq ELSE COALESCE(r.read, 0) END AS known
FROM contacts AS c JOIN threads AS t ON t.id = c.thread_id JOIN people AS p ON p.id = t.customer_id
LEFT JOIN participants AS r ON r.thread_id = t.id AND r.person_id = t.customer_id
WHERE c.thread_id = :thread_id;

-- name: answers_to_mail
-- What people of support have said since, newest first.
SELECT e.seq, e.text FROM events AS e
WHERE e.thread_id = :thread_id AND e.seq > :known AND e.kind = 1 AND e.side = 3 AND e.withdrawn_at IS NULL
ORDER BY e.seq DESC LIMIT :limit;

-- name: move_mailed
-- Of two that mail the same answers, one touches no row; so does a mail to an address that was changed or forgotten.
UPDATE contacts SET mailed_seq = :seq WHERE thread_id = :thread_id AND mailed_seq = :mailed_seq AND email = :email;

-- name: add_mail_link
-- A link that works once.
INSERT INTO mail_links (hash, kind, person_id, thread_id, created_at, expires_at)
VALUES (:hash, :kind, :person_id, :thread_id, :at, :expires_at);

-- name: take_return_link
-- Back to a conversation. Of two who bring the same link, one finds it gone.
DELETE FROM mail_links WHERE hash = :hash AND kind = 'return' AND expires_at > :at RETURNING person_id, thread_id;

-- name: renew_visitor
-- A new token for a visitor whose old one has not been taken for good; the old one is dead.
UPDATE people SET token_hash = :token_hash, not_before = :at
WHERE id = :person_id AND kind = 'visitor' AND token_hash IS NOT NULL;

-- name: password_link
-- Whom a link lets choose a password, while it holds.
SELECT l.person_id, l.kind FROM mail_links AS l
JOIN people AS p ON p.id = l.person_id JOIN agents AS a ON a.person_id = l.person_id
WHERE l.hash = :hash AND l.kind IN ('invite', 'reset') AND l.expires_at > :at
    AND l.created_at >= p.not_before AND a.active = 1;

-- name: take_password_link
-- Of two who bring the same link, one finds it gone.
DELETE FROM mail_links WHERE hash = :hash AND kind IN ('invite', 'reset') AND expires_at > :at
    AND created_at >= (SELECT p.not_before FROM people AS p WHERE p.id = mail_links.person_id)
    AND EXISTS (SELECT 1 FROM agents AS a WHERE a.person_id = mail_links.person_id AND a.active = 1);

-- name: drop_password_links
-- A newer link, a password or an end takes the place of the older ones.
DELETE FROM mail_links WHERE person_id = :person_id AND kind IN ('invite', 'reset');

-- name: drop_reset_links
-- A newer link takes the place of the older ones of whoever has this address; of nobody's address there are none.
DELETE FROM mail_links WHERE kind = 'reset' AND person_id IN (
    SELECT p.id FROM people AS p WHERE p.email = :email AND p.kind = 'staff');

-- name: add_reset_link
-- A link for whoever works here under this address: for nobody else, who cannot tell.
INSERT INTO mail_links (hash, kind, person_id, thread_id, created_at, expires_at)
SELECT :hash, 'reset', p.id, NULL, CAST(:at AS BIGINT), CAST(:expires_at AS BIGINT)
FROM people AS p JOIN agents AS a ON a.person_id = p.id
WHERE p.email = :email AND p.kind = 'staff' AND a.active = 1;

-- name: queue_reset_mail
-- The mail with it.
INSERT INTO mails (id, to_address, kind, locale, subject, text, html, created_at, next_at, attempts, sent_at, failed)
SELECT CAST(:id AS BIGINT), p.email, CAST(:kind AS TEXT), CAST(:locale AS TEXT), CAST(:subject AS TEXT),
    CAST(:text AS TEXT), CAST(:html AS TEXT), CAST(:at AS BIGINT), CAST(:at AS BIGINT), 0, NULL, 0
FROM people AS p JOIN agents AS a ON a.person_id = p.id
WHERE p.email = :email AND p.kind = 'staff' AND a.active = 1;

-- name: drop_old_mail_links
-- Links that nobody followed.
DELETE FROM mail_links WHERE expires_at < :at;
