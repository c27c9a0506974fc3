-- Mail that is to be sent, where answers go while their reader is away, the links that mails carry, and who works here.

-- The outbox. Once a mail is sent or given up, nothing is left of whom it went to and what it said.
CREATE TABLE mails (
    id INTEGER PRIMARY KEY,
    to_address TEXT NOT NULL,
    kind TEXT NOT NULL,                           -- actions.letters.Kind
    locale TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL,                     -- when it may be tried; while a node sends it, the end of its lease
    attempts INTEGER NOT NULL,
    sent_at INTEGER,
    failed INTEGER NOT NULL                       -- 1: given up
) STRICT;

CREATE INDEX mails_due ON mails (next_at) WHERE sent_at IS NULL AND failed = 0;
CREATE INDEX mails_by_time ON mails (created_at);

-- Addresses that somebody left on a day, as SHA-256: three at most.
CREATE TABLE mail_days (
    person_id INTEGER NOT NULL REFERENCES people (id),
    day INTEGER NOT NULL,                         -- since 1970, UTC
    address BLOB NOT NULL,
    PRIMARY KEY (person_id, day, address)
) STRICT, WITHOUT ROWID;

-- Where the customer of a support thread wishes to be answered while he is away.
CREATE TABLE contacts (
    thread_id INTEGER PRIMARY KEY REFERENCES threads (id),
    person_id INTEGER NOT NULL REFERENCES people (id),
    email TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    mailed_seq INTEGER NOT NULL                   -- of the newest message that was mailed
) STRICT;

-- Single-use links; secrets are kept as SHA-256 only.
CREATE TABLE mail_links (
    hash BLOB PRIMARY KEY,
    kind TEXT NOT NULL,                           -- invite, reset, return
    person_id INTEGER NOT NULL REFERENCES people (id),
    thread_id INTEGER REFERENCES threads (id),    -- of a return
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_links_of_person ON mail_links (person_id, kind);

-- What supervisors change of a colleague has a revision of its own: `revision` rises with every thread that he is given.
ALTER TABLE agents ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
