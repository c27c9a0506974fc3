-- name: add_revocation
-- Sockets of this person must end. One transaction at a time, so that no number appears behind a greater one that
-- nodes have already followed.
INSERT INTO revocations (person_id, code, at)
SELECT CAST(:person_id AS BIGINT), CAST(:code AS BIGINT), CAST(:at AS BIGINT)
FROM (SELECT pg_advisory_xact_lock('revocations'::regclass::oid::bigint)) AS turn;
