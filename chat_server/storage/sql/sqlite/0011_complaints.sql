-- Complaints that a seller does not answer, shops' own hours and holidays, and what they were warned of.

CREATE TABLE complaints (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES threads (id),   -- the conversation that is complained about
    buyer_id INTEGER NOT NULL REFERENCES people (id),
    shop_id INTEGER NOT NULL REFERENCES shops (id),
    state TEXT NOT NULL,                          -- domain.complaints.State
    revision INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    text TEXT NOT NULL,                           -- what the buyer added
    facts TEXT NOT NULL,                          -- JSON of what was so at the opening
    due_at INTEGER,
    due_from INTEGER NOT NULL,                     -- since when the state lasts
    answer TEXT NOT NULL,
    answered_at INTEGER,
    not_solved TEXT NOT NULL,
    decision TEXT NOT NULL,                       -- a mediator's reasons
    mediator_id INTEGER REFERENCES people (id),
    closed_at INTEGER
) STRICT;

CREATE UNIQUE INDEX one_open_complaint ON complaints (thread_id) WHERE closed_at IS NULL;
CREATE INDEX complaints_of_buyer ON complaints (buyer_id, opened_at, id);
CREATE INDEX complaints_of_shop ON complaints (shop_id, opened_at, id);
CREATE INDEX complaints_of_thread ON complaints (thread_id);
CREATE INDEX complaints_open ON complaints (buyer_id, shop_id) WHERE closed_at IS NULL;
CREATE INDEX complaints_queue ON complaints (state, due_from, id);

-- When a buyer last complained about a shop: once a week he may.
CREATE TABLE complaint_pairs (
    buyer_id INTEGER NOT NULL REFERENCES people (id),
    shop_id INTEGER NOT NULL REFERENCES shops (id),
    last_at INTEGER NOT NULL,
    PRIMARY KEY (buyer_id, shop_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE shop_hours (
    shop_id INTEGER PRIMARY KEY REFERENCES shops (id),
    zone TEXT NOT NULL,
    windows TEXT NOT NULL,                        -- JSON of (weekday, opens, minutes)
    holidays TEXT NOT NULL,                       -- JSON of (first date, last date, begins, ends), what is over among them
    auto_reply TEXT NOT NULL,
    away_since INTEGER,                            -- while a holiday lasts
    away_until INTEGER,
    turns_at INTEGER,                              -- when that changes by itself
    revision INTEGER NOT NULL
) STRICT;

CREATE INDEX shop_hours_turning ON shop_hours (turns_at) WHERE turns_at IS NOT NULL;

-- How much of the time to answer a shop was warned of, for what waits since an instant.
CREATE TABLE answer_warnings (
    thread_id INTEGER PRIMARY KEY REFERENCES threads (id),
    since INTEGER NOT NULL,
    percent INTEGER NOT NULL                       -- 50, 90; 100: it is over, and nobody is warned any more
) STRICT;

-- Where the shop's absence was last told by itself.
CREATE TABLE auto_replies (
    thread_id INTEGER PRIMARY KEY REFERENCES threads (id),
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX threads_waiting ON threads (waiting_since, id) WHERE kind IN ('product', 'order') AND waiting_since IS NOT NULL;

-- Whether a mediator found that what was reported is spam; NULL: nobody has looked at it.
ALTER TABLE reports ADD COLUMN spam INTEGER;
ALTER TABLE reports ADD COLUMN settled_by INTEGER REFERENCES people (id);
ALTER TABLE reports ADD COLUMN settled_at INTEGER;
