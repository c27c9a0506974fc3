-- Visitors, support threads, what the bot said and why, and what people changed of the FAQ.

ALTER TABLE people ADD COLUMN token_hash BLOB;    -- of a visitor: how he proves himself; NULL once it is dead
CREATE UNIQUE INDEX visitors_by_token ON people (token_hash) WHERE token_hash IS NOT NULL;

ALTER TABLE threads ADD COLUMN topic TEXT NOT NULL DEFAULT '';       -- of a support thread
ALTER TABLE threads ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;  -- seq of the newest question that the bot has dealt with
ALTER TABLE threads ADD COLUMN misses INTEGER NOT NULL DEFAULT 0;    -- turns of the bot in a row without an answer
CREATE UNIQUE INDEX one_thread_per_topic ON threads (customer_id, topic) WHERE kind = 'support';
CREATE INDEX questions_waiting ON threads (waiting_since) WHERE kind = 'support' AND state = 'bot';

CREATE TABLE bot_turns (
    thread_id INTEGER NOT NULL REFERENCES threads (id),
    seq INTEGER NOT NULL,                         -- of what the bot said
    question INTEGER NOT NULL,                    -- seq of what it was asked
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,                        -- domain.support.Outcome
    entry TEXT NOT NULL,                          -- the likeliest one, whether or not it was given
    runner_up TEXT NOT NULL,
    probability INTEGER NOT NULL,                 -- of 1,000
    language TEXT NOT NULL,
    why TEXT NOT NULL,                            -- JSON of scores and reasons
    helpful INTEGER,                              -- what its reader said: 0, 1, NULL
    settled_at INTEGER,                           -- somebody has looked after it
    PRIMARY KEY (thread_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX turns_by_time ON bot_turns (at);

-- What people changed of the FAQ that is shipped. The newest revision of an entry is in force.
CREATE TABLE faq_revisions (
    entry TEXT NOT NULL,
    revision INTEGER NOT NULL,                    -- from 1; 0 is what is shipped
    body TEXT NOT NULL,                           -- TOML as in faq_data; '' for one that was removed
    at INTEGER NOT NULL,
    author_id INTEGER REFERENCES people (id),
    PRIMARY KEY (entry, revision)
) STRICT, WITHOUT ROWID;
