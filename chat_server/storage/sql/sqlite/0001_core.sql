-- People, shops, products, orders, threads and what happens in them.
-- Times are milliseconds UTC. Ids rise with time. Flags are 0 and 1. Amounts are decimal text.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    external_id TEXT UNIQUE,                      -- the marketplace's id; NULL for staff and visitors
    kind TEXT NOT NULL,                           -- customer (buys, sells or both), visitor, staff, bot
    role TEXT,                                    -- of staff: agent, supervisor
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    zone TEXT NOT NULL,
    country TEXT NOT NULL,
    email TEXT UNIQUE,                            -- of staff, folded to lower case
    password_hash TEXT,
    version INTEGER NOT NULL,
    not_before INTEGER NOT NULL,                  -- earlier tokens and sessions are refused
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE shops (
    id INTEGER PRIMARY KEY,
    external_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE shop_members (
    shop_id INTEGER NOT NULL REFERENCES shops (id),
    person_id INTEGER NOT NULL REFERENCES people (id),
    PRIMARY KEY (shop_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX shop_members_by_person ON shop_members (person_id, shop_id);

CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    external_id TEXT NOT NULL UNIQUE,
    shop_id INTEGER NOT NULL REFERENCES shops (id),
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    photo_url TEXT NOT NULL,
    price_amount TEXT,
    price_currency TEXT,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    external_id TEXT NOT NULL UNIQUE,
    buyer_id INTEGER NOT NULL REFERENCES people (id),
    shop_id INTEGER NOT NULL REFERENCES shops (id),
    state TEXT NOT NULL,
    version INTEGER NOT NULL,                     -- the backend's
    revision INTEGER NOT NULL,                    -- ours: rises with every change
    total_amount TEXT NOT NULL,
    total_currency TEXT NOT NULL,
    placed_at INTEGER NOT NULL,
    paid_at INTEGER,
    ship_by INTEGER,
    shipped_at INTEGER,
    promised_days INTEGER,
    carrier TEXT NOT NULL,
    tracking TEXT NOT NULL,
    protected_until INTEGER,
    received_at INTEGER,
    received_by TEXT                              -- buyer, backend, timer
) STRICT;

CREATE INDEX orders_of_buyer ON orders (buyer_id, placed_at, id);
CREATE INDEX orders_of_shop ON orders (shop_id, placed_at, id);

CREATE TABLE order_lines (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders (id),
    line_key TEXT NOT NULL,                       -- the marketplace's id of the line
    place INTEGER NOT NULL,
    title TEXT NOT NULL,
    photo_url TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    product_key TEXT,
    UNIQUE (order_id, line_key)
) STRICT;

CREATE TABLE refunds (
    order_id INTEGER NOT NULL REFERENCES orders (id),
    refund_key TEXT NOT NULL,
    line_key TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    told_at INTEGER NOT NULL,
    PRIMARY KEY (order_id, refund_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE threads (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES people (id),
    shop_id INTEGER REFERENCES shops (id),
    product_id INTEGER REFERENCES products (id),
    order_id INTEGER REFERENCES orders (id),
    state TEXT NOT NULL,
    last_seq INTEGER NOT NULL,                    -- of the newest event; the next takes one more
    last_posted INTEGER NOT NULL,                 -- of the newest message
    last_at INTEGER NOT NULL,                     -- of the newest message, else of the opening
    waiting_since INTEGER,                        -- of the oldest customer's message without an answer
    created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX one_thread_per_product ON threads (customer_id, product_id) WHERE kind = 'product';
CREATE UNIQUE INDEX one_thread_per_order ON threads (order_id) WHERE kind = 'order';
CREATE INDEX threads_of_customer ON threads (customer_id, last_at, id);
CREATE INDEX threads_of_shop ON threads (shop_id, last_at, id) WHERE shop_id IS NOT NULL;

-- The event row of a message is the message, and is the outbox: relays follow `position`.
CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES threads (id),
    seq INTEGER NOT NULL,
    kind INTEGER NOT NULL,                        -- domain.threads.EventKind
    at INTEGER NOT NULL,
    side INTEGER NOT NULL,                        -- domain.people.Side
    author_id INTEGER REFERENCES people (id),
    text TEXT NOT NULL,
    body TEXT NOT NULL,                           -- JSON of photos, card or state code; '' for plain text
    target INTEGER,                               -- seq that it changes or replies to
    edited_at INTEGER,
    withdrawn_at INTEGER,
    client_key TEXT,
    body_hash BLOB
) STRICT;

CREATE UNIQUE INDEX one_seq_per_thread ON events (thread_id, seq);
-- The key first: keys are UUIDv7, so that new ones land on one page.
CREATE UNIQUE INDEX one_event_per_client_key ON events (client_key, author_id) WHERE client_key IS NOT NULL;

-- What a message said before it was edited or withdrawn.
CREATE TABLE message_versions (
    thread_id INTEGER NOT NULL REFERENCES threads (id),
    seq INTEGER NOT NULL,
    replaced_at INTEGER NOT NULL,
    replaced_by INTEGER NOT NULL,                 -- seq of the edit or withdrawal
    text TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (thread_id, seq, replaced_by)
) STRICT, WITHOUT ROWID;

-- Client keys of writes that are no events.
CREATE TABLE client_writes (
    client_key TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id),
    body_hash BLOB NOT NULL,
    answer TEXT NOT NULL,                         -- ids given, as JSON
    at INTEGER NOT NULL,
    PRIMARY KEY (client_key, person_id)
) STRICT, WITHOUT ROWID;

-- A person's own state in a thread; there is a row from the first mark or setting on.
CREATE TABLE participants (
    thread_id INTEGER NOT NULL REFERENCES threads (id),
    person_id INTEGER NOT NULL REFERENCES people (id),
    side INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    read INTEGER NOT NULL,
    muted INTEGER NOT NULL,
    archived INTEGER NOT NULL,                    -- last_posted + 1 at archiving; a newer message brings it back
    PRIMARY KEY (thread_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE blocks (
    customer_id INTEGER NOT NULL REFERENCES people (id),
    shop_id INTEGER NOT NULL REFERENCES shops (id),
    by_side INTEGER NOT NULL,
    by_person INTEGER NOT NULL REFERENCES people (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (customer_id, shop_id, by_side)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES threads (id),
    seq INTEGER NOT NULL,
    reporter_id INTEGER NOT NULL REFERENCES people (id),
    reason TEXT NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (thread_id, seq, reporter_id)
) STRICT;

CREATE TABLE photos (
    id INTEGER PRIMARY KEY,
    owner_id INTEGER NOT NULL REFERENCES people (id),
    full_name TEXT NOT NULL,                      -- random names in the photo store
    thumb_name TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    thread_id INTEGER REFERENCES threads (id),    -- NULL until it is posted
    seq INTEGER                                   -- of its message; -1 withdrawn, -2 and without files
) STRICT;

CREATE INDEX photos_of_owner ON photos (owner_id, created_at);
CREATE INDEX photos_by_full_name ON photos (full_name);
CREATE INDEX photos_by_thumb_name ON photos (thumb_name);
CREATE INDEX photos_waiting ON photos (created_at) WHERE thread_id IS NULL;

-- Secrets are kept as SHA-256 only.
CREATE TABLE tickets (
    hash BLOB PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    key_id TEXT NOT NULL,
    proof_at INTEGER NOT NULL,                    -- when the proof behind it was given
    proof_until INTEGER,                          -- when the token behind it runs out
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE inbox_links (
    hash BLOB PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    hash BLOB PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whose sockets must end; nodes follow it, so that it holds without a broker.
CREATE TABLE revocations (
    position INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    code INTEGER NOT NULL,                        -- what their sockets are told (wire.codes.CloseCode)
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE deadlines (
    kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (kind, subject_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX deadlines_due ON deadlines (due_at);

-- How far each relay has followed the events.
CREATE TABLE cursors (
    name TEXT PRIMARY KEY,
    major INTEGER NOT NULL,
    minor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Words of messages, folded and cut by `domain.search`; the rowid is the event's position.
CREATE VIRTUAL TABLE search USING fts5 (
    words, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);
