-- The support desk: teams with their hours, agents, who has which thread, private notes, and what is kept of it all.

CREATE TABLE teams (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    languages TEXT NOT NULL,                      -- 'en ru'; '' takes every language
    topics TEXT NOT NULL,                         -- 'help complaint'; '' takes every topic
    zone TEXT NOT NULL,                           -- IANA
    hours TEXT NOT NULL,                          -- JSON of domain.hours
    first_answer_minutes BIGINT NOT NULL,        -- service levels, in working time
    resolution_minutes BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- The default team works 07:00-01:00 in Moscow on every day.
INSERT INTO teams (id, name, languages, topics, zone, hours, first_answer_minutes, resolution_minutes, revision, created_at)
VALUES (1, 'Support', '', '', 'Europe/Moscow',
    '{"windows":[[0,420,1080],[1,420,1080],[2,420,1080],[3,420,1080],[4,420,1080],[5,420,1080],[6,420,1080]],"exceptions":{}}',
    15, 1440, 1, 0);

CREATE TABLE team_members (
    team_id BIGINT NOT NULL REFERENCES teams (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    PRIMARY KEY (team_id, person_id)
);

CREATE INDEX team_members_by_person ON team_members (person_id, team_id);

-- What routing knows of those who work here.
CREATE TABLE agents (
    person_id BIGINT PRIMARY KEY REFERENCES people (id),
    capacity BIGINT NOT NULL,
    availability TEXT NOT NULL,                   -- online, away, holiday
    permissions TEXT NOT NULL,                    -- 'moderate mediate'
    active BIGINT NOT NULL,                      -- 0: may not sign in
    seen_at BIGINT NOT NULL,                     -- a node with a socket of his says so every few seconds
    gone_at BIGINT,                              -- when his last socket closed; NULL while one is open
    assigned_at BIGINT NOT NULL,                 -- when he was last given a thread
    missed BIGINT NOT NULL,                      -- threads in a row that he did not answer in time
    revision BIGINT NOT NULL
);

INSERT INTO agents (person_id, capacity, availability, permissions, active, seen_at, gone_at, assigned_at, missed, revision)
SELECT id, 4, 'online', '', 1, 0, NULL, 0, 0, 1 FROM people WHERE kind = 'staff';
INSERT INTO team_members (team_id, person_id) SELECT 1, id FROM people WHERE kind = 'staff';

ALTER TABLE people ADD COLUMN origin TEXT NOT NULL DEFAULT '';            -- of a visitor: SHA-256 of the address he came from

ALTER TABLE threads ADD COLUMN team_id BIGINT REFERENCES teams (id);     -- of a support thread, from its opening
ALTER TABLE threads ADD COLUMN agent_id BIGINT REFERENCES people (id);   -- who has it; also while it is snoozed
ALTER TABLE threads ADD COLUMN last_agent_id BIGINT REFERENCES people (id);
ALTER TABLE threads ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;       -- rises with every move
ALTER TABLE threads ADD COLUMN episode BIGINT NOT NULL DEFAULT 0;        -- of the newest that had to do with people
ALTER TABLE threads ADD COLUMN queued_at BIGINT;                         -- when this waiting began
ALTER TABLE threads ADD COLUMN queue_key BIGINT;                         -- domain.support.queue_key: the lowest is next
ALTER TABLE threads ADD COLUMN assigned_at BIGINT;
ALTER TABLE threads ADD COLUMN staff_at BIGINT;                          -- of the newest message of an agent
ALTER TABLE threads ADD COLUMN wake_at BIGINT;                           -- of a snoozed one
ALTER TABLE threads ADD COLUMN aside_seq BIGINT;                         -- of a snoozed one: its newest event when it was put aside
ALTER TABLE threads ADD COLUMN warned_at BIGINT;                         -- its customer was told that it will be closed
ALTER TABLE threads ADD COLUMN resolved_at BIGINT;
ALTER TABLE threads ADD COLUMN priority BIGINT NOT NULL DEFAULT 0;       -- -1 low, 0, 1 high, 2 urgent
ALTER TABLE threads ADD COLUMN labels TEXT NOT NULL DEFAULT '';           -- ' refund vip '
ALTER TABLE threads ADD COLUMN note_seq BIGINT NOT NULL DEFAULT 0;

UPDATE threads SET team_id = 1 WHERE kind = 'support';
UPDATE threads SET queued_at = COALESCE(waiting_since, last_at), queue_key = COALESCE(waiting_since, last_at), episode = 1
WHERE kind = 'support' AND state = 'queued';

DROP INDEX questions_waiting;
CREATE INDEX desk_queue ON threads (team_id, queue_key, id) WHERE kind = 'support' AND queue_key IS NOT NULL;
-- NOT IN, as the queries write it: SQLite takes a partial index only where it finds the very condition again, and given
-- a list of states it would read the threads of each of them and sort.
CREATE INDEX desk_open ON threads (last_at, id)
    WHERE kind = 'support' AND state NOT IN ('bot', 'resolved');
CREATE INDEX desk_counts ON threads (team_id, state, agent_id, waiting_since)
    WHERE kind = 'support' AND state NOT IN ('bot', 'resolved');
CREATE INDEX desk_offline ON threads (team_id, queued_at, id) WHERE kind = 'support' AND state = 'queued_offline';
CREATE INDEX desk_by_state ON threads (state, last_at, id) WHERE kind = 'support';
CREATE INDEX desk_of_agent ON threads (agent_id, last_at, id) WHERE state = 'assigned';
CREATE INDEX desk_load ON threads (agent_id, waiting_since, staff_at, assigned_at) WHERE state = 'assigned';
CREATE INDEX desk_unanswered ON threads (state, waiting_since) WHERE kind = 'support' AND waiting_since IS NOT NULL;
CREATE INDEX desk_snoozed ON threads (state, wake_at) WHERE kind = 'support' AND state = 'snoozed';

-- One run from asking for a person to the end of it.
CREATE TABLE episodes (
    thread_id BIGINT NOT NULL REFERENCES threads (id),
    number BIGINT NOT NULL,
    team_id BIGINT NOT NULL REFERENCES teams (id),
    agent_id BIGINT REFERENCES people (id),      -- who had it last
    language TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    cause TEXT NOT NULL,                          -- domain.support.Cause: how it came to people
    first_due BIGINT,                            -- by when the first answer is promised; NULL where no hours lie ahead
    resolve_due BIGINT,
    assigned_at BIGINT,                          -- first
    answered_at BIGINT,                          -- first
    resolved_at BIGINT,
    transfers BIGINT NOT NULL,
    labels TEXT NOT NULL DEFAULT '',              -- as they stood at its end
    csat BIGINT,                                 -- 1-5
    comment TEXT NOT NULL,
    rated_at BIGINT,
    PRIMARY KEY (thread_id, number)
);

CREATE INDEX episodes_by_time ON episodes (asked_at);

INSERT INTO episodes (thread_id, number, team_id, language, asked_at, cause, transfers, comment)
SELECT id, 1, 1, '', queued_at, 'wish', 0, '' FROM threads WHERE kind = 'support' AND state = 'queued';

-- A thread that an agent let wait is not offered to him again for a while.
CREATE TABLE passed_over (
    thread_id BIGINT NOT NULL REFERENCES threads (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    until BIGINT NOT NULL,
    PRIMARY KEY (thread_id, person_id)
);

-- What agents tell each other about a thread. No customer's bytes are made from it, and it is never edited.
CREATE TABLE notes (
    thread_id BIGINT NOT NULL REFERENCES threads (id),
    note_seq BIGINT NOT NULL,
    after_seq BIGINT NOT NULL,                   -- the thread's newest event when it was written
    at BIGINT NOT NULL,
    author_id BIGINT NOT NULL REFERENCES people (id),
    text TEXT NOT NULL,
    mentions TEXT NOT NULL,                       -- JSON of the ids of people
    PRIMARY KEY (thread_id, note_seq)
);

CREATE TABLE labels (
    slug TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    color TEXT NOT NULL
);

CREATE TABLE canned_replies (
    id BIGINT PRIMARY KEY,
    shortcut TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    texts TEXT NOT NULL,                          -- JSON of language to text
    team_id BIGINT REFERENCES teams (id),        -- NULL: of all teams
    revision BIGINT NOT NULL
);

CREATE TABLE macros (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    steps TEXT NOT NULL,                          -- JSON of ordered steps
    team_id BIGINT REFERENCES teams (id),
    revision BIGINT NOT NULL
);

-- What people who work here did and looked at. Rows are added, and nothing else.
CREATE TABLE audit (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_id BIGINT REFERENCES people (id),      -- NULL: the system
    action TEXT NOT NULL,                         -- domain.audit.Action
    thread_id BIGINT REFERENCES threads (id),
    details TEXT NOT NULL                         -- JSON
);

CREATE INDEX audit_of_thread ON audit (thread_id, id) WHERE thread_id IS NOT NULL;

CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit rows stay';
END
$$;
CREATE TRIGGER audit_is_not_rewritten BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
