-- Webhooks: where the marketplace's backend is told what happened, and what is on its way there.

CREATE TABLE webhook_endpoints (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,                    -- of one from the settings: its name there; else what was typed
    url TEXT NOT NULL,
    secret TEXT NOT NULL,                         -- whsec_...; empty: it is in the settings
    old_secret TEXT NOT NULL,                     -- signs as well until `old_until`, so that a secret can be changed
    old_until INTEGER,
    trusted INTEGER NOT NULL,                      -- 1: the operator wrote it into the settings, and may mean his own network
    active INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- The outbox: a row an event and endpoint, written in the Commit of what it tells of.
CREATE TABLE webhook_deliveries (
    message_id INTEGER NOT NULL,                   -- the same for all endpoints and all tries: receivers know it by that
    endpoint_id INTEGER NOT NULL REFERENCES webhook_endpoints (id),
    type TEXT NOT NULL,                           -- such as dispute.opened
    payload TEXT NOT NULL,                        -- JSON, as it is sent and signed
    created_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL,                      -- when it may be tried; while a node sends it, the end of its lease
    attempts INTEGER NOT NULL,
    state TEXT NOT NULL,                          -- waiting, sent, dead
    said TEXT NOT NULL,                           -- what the last try came to: a status, or the kind of failure
    sent_at INTEGER,
    PRIMARY KEY (message_id, endpoint_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX webhooks_due ON webhook_deliveries (next_at) WHERE state = 'waiting';
CREATE INDEX webhooks_dead ON webhook_deliveries (created_at) WHERE state = 'dead';
CREATE INDEX webhooks_by_time ON webhook_deliveries (created_at);
