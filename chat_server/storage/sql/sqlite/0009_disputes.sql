-- Disputes about lines of orders, what was put in as evidence, and what is paid back for them.
-- Amounts that are compared are whole ten-thousandths (`domain.money`).

CREATE TABLE disputes (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL UNIQUE REFERENCES threads (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    line_id INTEGER NOT NULL UNIQUE REFERENCES order_lines (id),
    buyer_id INTEGER NOT NULL REFERENCES people (id),
    shop_id INTEGER NOT NULL REFERENCES shops (id),
    state TEXT NOT NULL,                          -- domain.disputes.State
    revision INTEGER NOT NULL,
    reason TEXT NOT NULL,                         -- domain.disputes.Reason
    currency TEXT NOT NULL,
    asked_kind TEXT NOT NULL,                     -- at the opening
    asked_units INTEGER NOT NULL,
    wish_kind TEXT NOT NULL,                      -- what the buyer asks for now
    wish_units INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    due_at INTEGER,                                -- when time decides, or somebody is alarmed
    due_from INTEGER NOT NULL,
    offer_kind TEXT,
    offer_units INTEGER,
    answered_at INTEGER,
    rejected INTEGER NOT NULL,
    proposal_kind TEXT,
    proposal_units INTEGER,
    agreed TEXT,                                  -- the party that has agreed to the proposal
    mediation_at INTEGER,
    mediator_id INTEGER REFERENCES people (id),
    remedy_kind TEXT,
    remedy_units INTEGER,
    decided_by TEXT,
    decision TEXT NOT NULL,                       -- a mediator's reasons
    free_return INTEGER NOT NULL,
    address TEXT NOT NULL,
    carrier TEXT NOT NULL,
    tracking TEXT NOT NULL,
    contested INTEGER NOT NULL,
    alarmed INTEGER NOT NULL,
    reopened INTEGER NOT NULL,
    final INTEGER NOT NULL,
    closed_at INTEGER,
    grace_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX disputes_of_buyer ON disputes (buyer_id, opened_at, id);
CREATE INDEX disputes_of_shop ON disputes (shop_id, opened_at, id);
CREATE INDEX disputes_of_order ON disputes (order_id);
CREATE INDEX disputes_open ON disputes (buyer_id, shop_id) WHERE closed_at IS NULL;
CREATE INDEX disputes_docket ON disputes (state, due_at, id) WHERE closed_at IS NULL;

-- Copies: whatever becomes of a message or photo, they stay.
CREATE TABLE dispute_evidence (
    id INTEGER PRIMARY KEY,
    dispute_id INTEGER NOT NULL REFERENCES disputes (id),
    party TEXT NOT NULL,                          -- who put it in
    author_id INTEGER NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,                           -- photo, message, text
    text TEXT NOT NULL,
    full_name TEXT,                               -- random names in the photo store, of the copy
    thumb_name TEXT,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    sha256 BLOB NOT NULL,                          -- of the bytes as stored
    at INTEGER NOT NULL,
    from_thread INTEGER,                           -- of a message or its photo: where it was said
    from_seq INTEGER,
    said_at INTEGER,
    said_side INTEGER
) STRICT;

CREATE INDEX evidence_of_dispute ON dispute_evidence (dispute_id, id);
CREATE INDEX evidence_from ON dispute_evidence (from_thread, from_seq) WHERE from_thread IS NOT NULL;
CREATE INDEX evidence_by_full_name ON dispute_evidence (full_name) WHERE full_name IS NOT NULL;
CREATE INDEX evidence_by_thumb_name ON dispute_evidence (thumb_name) WHERE thumb_name IS NOT NULL;

-- What the marketplace's backend was asked to pay back; one that is paid stands in `refunds` as well, under the same key.
CREATE TABLE dispute_refunds (
    refund_key TEXT PRIMARY KEY,
    dispute_id INTEGER NOT NULL REFERENCES disputes (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    line_id INTEGER NOT NULL REFERENCES order_lines (id),
    units INTEGER NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL,                          -- pending, paid, failed, settled (paid back elsewhere)
    reason TEXT NOT NULL,                         -- of a failure
    asked_at INTEGER NOT NULL,
    told_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX dispute_refunds_open ON dispute_refunds (asked_at, refund_key) WHERE state IN ('pending', 'failed');
CREATE INDEX dispute_refunds_of_order ON dispute_refunds (order_id);
CREATE INDEX dispute_refunds_of_dispute ON dispute_refunds (dispute_id);

-- What was paid for a line: its share of the order's total. NULL until the order is put again or disputed.
ALTER TABLE order_lines ADD COLUMN paid_units INTEGER;
ALTER TABLE orders ADD COLUMN free_return INTEGER NOT NULL DEFAULT 0;
ALTER TABLE refunds ADD COLUMN units INTEGER NOT NULL DEFAULT 0;
UPDATE refunds SET units = CAST(ROUND(CAST(amount AS REAL) * 10000) AS INTEGER);

-- When the deadlines were last looked after: a gap of more than ten minutes is an outage.
INSERT INTO meta (key, value) VALUES ('heartbeat', '0');
