-- People, shops, products, orders, threads and what happens in them: the tables of SQLite, column by column.
-- Times are milliseconds UTC. Ids rise with time. Flags are 0 and 1. Amounts are decimal text.
-- Only here: `tx` and `last_tx`, which place an event in the stream of all threads, and what follows from them.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE people (
    id BIGINT PRIMARY KEY,
    external_id TEXT UNIQUE,                      -- the marketplace's id; NULL for staff and visitors
    kind TEXT NOT NULL,                           -- customer (buys, sells or both), visitor, staff, bot
    role TEXT,                                    -- of staff: agent, supervisor
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    zone TEXT NOT NULL,
    country TEXT NOT NULL,
    email TEXT UNIQUE,                            -- of staff, folded to lower case
    password_hash TEXT,
    version BIGINT NOT NULL,
    not_before BIGINT NOT NULL,                   -- earlier tokens and sessions are refused
    created_at BIGINT NOT NULL
);

CREATE TABLE shops (
    id BIGINT PRIMARY KEY,
    external_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE shop_members (
    shop_id BIGINT NOT NULL REFERENCES shops (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    PRIMARY KEY (shop_id, person_id)
);

CREATE INDEX shop_members_by_person ON shop_members (person_id, shop_id);

CREATE TABLE products (
    id BIGINT PRIMARY KEY,
    external_id TEXT NOT NULL UNIQUE,
    shop_id BIGINT NOT NULL REFERENCES shops (id),
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    photo_url TEXT NOT NULL,
    price_amount TEXT,
    price_currency TEXT,
    version BIGINT NOT NULL
);

CREATE TABLE orders (
    id BIGINT PRIMARY KEY,
    external_id TEXT NOT NULL UNIQUE,
    buyer_id BIGINT NOT NULL REFERENCES people (id),
    shop_id BIGINT NOT NULL REFERENCES shops (id),
    state TEXT NOT NULL,
    version BIGINT NOT NULL,                      -- the backend's
    revision BIGINT NOT NULL,                     -- ours: rises with every change
    total_amount TEXT NOT NULL,
    total_currency TEXT NOT NULL,
    placed_at BIGINT NOT NULL,
    paid_at BIGINT,
    ship_by BIGINT,
    shipped_at BIGINT,
    promised_days BIGINT,
    carrier TEXT NOT NULL,
    tracking TEXT NOT NULL,
    protected_until BIGINT,
    received_at BIGINT,
    received_by TEXT                              -- buyer, backend, timer
);

CREATE INDEX orders_of_buyer ON orders (buyer_id, placed_at, id);
CREATE INDEX orders_of_shop ON orders (shop_id, placed_at, id);

CREATE TABLE order_lines (
    id BIGINT PRIMARY KEY,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    line_key TEXT NOT NULL,                       -- the marketplace's id of the line
    place BIGINT NOT NULL,
    title TEXT NOT NULL,
    photo_url TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    product_key TEXT,
    UNIQUE (order_id, line_key)
);

CREATE TABLE refunds (
    order_id BIGINT NOT NULL REFERENCES orders (id),
    refund_key TEXT NOT NULL,
    line_key TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (order_id, refund_key)
);

CREATE TABLE threads (
    id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    customer_id BIGINT NOT NULL REFERENCES people (id),
    shop_id BIGINT REFERENCES shops (id),
    product_id BIGINT REFERENCES products (id),
    order_id BIGINT REFERENCES orders (id),
    state TEXT NOT NULL,
    last_seq BIGINT NOT NULL,                     -- of the newest event; the next takes one more
    last_tx xid8 NOT NULL DEFAULT '0',            -- of the newest event
    last_posted BIGINT NOT NULL,                  -- of the newest message
    last_at BIGINT NOT NULL,                      -- of the newest message, else of the opening
    waiting_since BIGINT,                         -- of the oldest customer's message without an answer
    created_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX one_thread_per_product ON threads (customer_id, product_id) WHERE kind = 'product';
CREATE UNIQUE INDEX one_thread_per_order ON threads (order_id) WHERE kind = 'order';
CREATE INDEX threads_of_customer ON threads (customer_id, last_at, id);
CREATE INDEX threads_of_shop ON threads (shop_id, last_at, id) WHERE shop_id IS NOT NULL;

-- The event row of a message is the message, and is the outbox: relays follow (tx, position).
--
-- `tx` is the number of the transaction that wrote the event, or that of the thread's event before it
-- if that is greater. So no event appears at a place below the oldest open transaction once that has
-- been passed, and within a thread (tx, position) rises with seq: whoever waited for a thread behind
-- a transaction with a greater number than his own takes its number.
--
-- No foreign keys here: events are written only together with the guarded, locked row of their thread,
-- which names its parties; threads and people are never deleted. Checking them again for each message
-- would lock the row of its author, and cost as much as the message.
CREATE TABLE events (
    position BIGINT GENERATED ALWAYS AS IDENTITY,
    tx xid8 NOT NULL,
    thread_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    kind BIGINT NOT NULL,                         -- domain.threads.EventKind
    at BIGINT NOT NULL,
    side BIGINT NOT NULL,                         -- domain.people.Side
    author_id BIGINT,
    text TEXT NOT NULL,
    body TEXT NOT NULL,                           -- JSON of photos, card or state code; '' for plain text
    target BIGINT,                                -- seq that it changes or replies to
    edited_at BIGINT,
    withdrawn_at BIGINT,
    client_key TEXT COLLATE "C",
    body_hash BYTEA
);

CREATE UNIQUE INDEX one_seq_per_thread ON events (thread_id, seq);
-- The key first: keys are UUIDv7, so that new ones land on one page.
CREATE UNIQUE INDEX one_event_per_client_key ON events (client_key, author_id) WHERE client_key IS NOT NULL;
CREATE INDEX stream_of_events ON events (tx, position);

CREATE FUNCTION place_thread() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.last_tx := GREATEST(OLD.last_tx, pg_current_xact_id());
    RETURN NEW;
END $$;

CREATE TRIGGER place_thread BEFORE UPDATE ON threads
FOR EACH ROW WHEN (NEW.last_seq <> OLD.last_seq AND NEW.last_tx = OLD.last_tx) EXECUTE FUNCTION place_thread();

CREATE FUNCTION place_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT t.last_tx INTO STRICT NEW.tx FROM threads AS t WHERE t.id = NEW.thread_id;
    RETURN NEW;
END $$;

CREATE TRIGGER place_event BEFORE INSERT ON events
FOR EACH ROW WHEN (NEW.tx IS NULL) EXECUTE FUNCTION place_event();

-- What a message said before it was edited or withdrawn.
CREATE TABLE message_versions (
    thread_id BIGINT NOT NULL REFERENCES threads (id),
    seq BIGINT NOT NULL,
    replaced_at BIGINT NOT NULL,
    replaced_by BIGINT NOT NULL,                  -- seq of the edit or withdrawal
    text TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (thread_id, seq, replaced_by)
);

-- Client keys of writes that are no events.
CREATE TABLE client_writes (
    client_key TEXT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    body_hash BYTEA NOT NULL,
    answer TEXT NOT NULL,                         -- ids given, as JSON
    at BIGINT NOT NULL,
    PRIMARY KEY (client_key, person_id)
);

-- A person's own state in a thread; there is a row from the first mark or setting on.
CREATE TABLE participants (
    thread_id BIGINT NOT NULL REFERENCES threads (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    side BIGINT NOT NULL,
    delivered BIGINT NOT NULL,
    read BIGINT NOT NULL,
    muted BIGINT NOT NULL,
    archived BIGINT NOT NULL,                     -- last_posted + 1 at archiving; a newer message brings it back
    PRIMARY KEY (thread_id, person_id)
) WITH (fillfactor = 80);                         -- marks move often, and no index knows them

CREATE TABLE blocks (
    customer_id BIGINT NOT NULL REFERENCES people (id),
    shop_id BIGINT NOT NULL REFERENCES shops (id),
    by_side BIGINT NOT NULL,
    by_person BIGINT NOT NULL REFERENCES people (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, shop_id, by_side)
);

CREATE TABLE reports (
    id BIGINT PRIMARY KEY,
    thread_id BIGINT NOT NULL REFERENCES threads (id),
    seq BIGINT NOT NULL,
    reporter_id BIGINT NOT NULL REFERENCES people (id),
    reason TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (thread_id, seq, reporter_id)
);

CREATE TABLE photos (
    id BIGINT PRIMARY KEY,
    owner_id BIGINT NOT NULL REFERENCES people (id),
    full_name TEXT NOT NULL,                      -- random names in the photo store
    thumb_name TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    size BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    thread_id BIGINT REFERENCES threads (id),     -- NULL until it is posted
    seq BIGINT                                    -- of its message; -1 withdrawn, -2 and without files
);

CREATE INDEX photos_of_owner ON photos (owner_id, created_at);
CREATE INDEX photos_by_full_name ON photos (full_name);
CREATE INDEX photos_by_thumb_name ON photos (thumb_name);
CREATE INDEX photos_waiting ON photos (created_at) WHERE thread_id IS NULL;

-- Secrets are kept as SHA-256 only.
CREATE TABLE tickets (
    hash BYTEA PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    key_id TEXT NOT NULL,
    proof_at BIGINT NOT NULL,                     -- when the proof behind it was given
    proof_until BIGINT,                           -- when the token behind it runs out
    expires_at BIGINT NOT NULL
);

CREATE TABLE inbox_links (
    hash BYTEA PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    hash BYTEA PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Whose sockets must end; nodes follow it, so that it holds without a broker.
CREATE TABLE revocations (
    position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES people (id),
    code BIGINT NOT NULL,                         -- what their sockets are told (wire.codes.CloseCode)
    at BIGINT NOT NULL
);

CREATE TABLE deadlines (
    kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (kind, subject_id)
);

CREATE INDEX deadlines_due ON deadlines (due_at);

-- How far each relay has followed the events.
CREATE TABLE cursors (
    name TEXT PRIMARY KEY,
    major BIGINT NOT NULL,
    minor BIGINT NOT NULL
);

-- Words of messages, folded and cut by `domain.search`.
CREATE TABLE search (
    position BIGINT PRIMARY KEY,                  -- the event's
    thread_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    words TSVECTOR NOT NULL,
    UNIQUE (thread_id, seq)
);

CREATE INDEX search_words ON search USING gin (words);
