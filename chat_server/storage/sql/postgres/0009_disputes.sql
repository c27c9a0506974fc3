-- Disputes about lines of orders, what was put in as evidence, and what is paid back for them.
-- Amounts that are compared are whole ten-thousandths (`domain.money`).

CREATE TABLE disputes (
    id BIGINT PRIMARY KEY,
    thread_id BIGINT NOT NULL UNIQUE REFERENCES threads (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    line_id BIGINT NOT NULL UNIQUE REFERENCES order_lines (id),
    buyer_id BIGINT NOT NULL REFERENCES people (id),
    shop_id BIGINT NOT NULL REFERENCES shops (id),
    state TEXT NOT NULL,                          -- domain.disputes.State
    revision BIGINT NOT NULL,
    reason TEXT NOT NULL,                         -- domain.disputes.Reason
    currency TEXT NOT NULL,
    asked_kind TEXT NOT NULL,                     -- at the opening
    asked_units BIGINT NOT NULL,
    wish_kind TEXT NOT NULL,                      -- what the buyer asks for now
    wish_units BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    due_at BIGINT,                                -- when time decides, or somebody is alarmed
    due_from BIGINT NOT NULL,
    offer_kind TEXT,
    offer_units BIGINT,
    answered_at BIGINT,
    rejected BIGINT NOT NULL,
    proposal_kind TEXT,
    proposal_units BIGINT,
    agreed TEXT,                                  -- the party that has agreed to the proposal
    mediation_at BIGINT,
    mediator_id BIGINT REFERENCES people (id),
    remedy_kind TEXT,
    remedy_units BIGINT,
    decided_by TEXT,
    decision TEXT NOT NULL,                       -- a mediator's reasons
    free_return BIGINT NOT NULL,
    address TEXT NOT NULL,
    carrier TEXT NOT NULL,
    tracking TEXT NOT NULL,
    contested BIGINT NOT NULL,
    alarmed BIGINT NOT NULL,
    reopened BIGINT NOT NULL,
    final BIGINT NOT NULL,
    closed_at BIGINT,
    grace_ms BIGINT NOT NULL
);

CREATE INDEX disputes_of_buyer ON disputes (buyer_id, opened_at, id);
CREATE INDEX disputes_of_shop ON disputes (shop_id, opened_at, id);
CREATE INDEX disputes_of_order ON disputes (order_id);
CREATE INDEX disputes_open ON disputes (buyer_id, shop_id) WHERE closed_at IS NULL;
CREATE INDEX disputes_docket ON disputes (state, due_at, id) WHERE closed_at IS NULL;

-- Copies: whatever becomes of a message or photo, they stay.
CREATE TABLE dispute_evidence (
    id BIGINT PRIMARY KEY,
    dispute_id BIGINT NOT NULL REFERENCES disputes (id),
    party TEXT NOT NULL,                          -- who put it in
    author_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,                           -- photo, message, text
    text TEXT NOT NULL,
    full_name TEXT,                               -- random names in the photo store, of the copy
    thumb_name TEXT,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,                          -- of the bytes as stored
    at BIGINT NOT NULL,
    from_thread BIGINT,                           -- of a message or its photo: where it was said
    from_seq BIGINT,
    said_at BIGINT,
    said_side BIGINT
);

CREATE INDEX evidence_of_dispute ON dispute_evidence (dispute_id, id);
CREATE INDEX evidence_from ON dispute_evidence (from_thread, from_seq) WHERE from_thread IS NOT NULL;
CREATE INDEX evidence_by_full_name ON dispute_evidence (full_name) WHERE full_name IS NOT NULL;
CREATE INDEX evidence_by_thumb_name ON dispute_evidence (thumb_name) WHERE thumb_name IS NOT NULL;

-- What the marketplace's backend was asked to pay back; one that is paid stands in `refunds` as well, under the same key.
CREATE TABLE dispute_refunds (
    refund_key TEXT PRIMARY KEY,
    dispute_id BIGINT NOT NULL REFERENCES disputes (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    line_id BIGINT NOT NULL REFERENCES order_lines (id),
    units BIGINT NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL,                          -- pending, paid, failed, settled (paid back elsewhere)
    reason TEXT NOT NULL,                         -- of a failure
    asked_at BIGINT NOT NULL,
    told_at BIGINT
);

CREATE INDEX dispute_refunds_open ON dispute_refunds (asked_at, refund_key) WHERE state IN ('pending', 'failed');
CREATE INDEX dispute_refunds_of_order ON dispute_refunds (order_id);
CREATE INDEX dispute_refunds_of_dispute ON dispute_refunds (dispute_id);

-- What was paid for a line: its share of the order's total. NULL until the order is put again or disputed.
ALTER TABLE order_lines ADD COLUMN paid_units BIGINT;
ALTER TABLE orders ADD COLUMN free_return BIGINT NOT NULL DEFAULT 0;
ALTER TABLE refunds ADD COLUMN units BIGINT NOT NULL DEFAULT 0;
UPDATE refunds SET units = CAST(CAST(amount AS NUMERIC) * 10000 AS BIGINT);

-- When the deadlines were last looked after: a gap of more than ten minutes is an outage.
INSERT INTO meta (key, value) VALUES ('heartbeat', '0');
