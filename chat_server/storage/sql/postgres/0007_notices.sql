-- What people are told beside their conversations, and what readers report of reviews.

-- Written in the Commit of what it tells of: the row is the outbox, and nodes follow it by id.
CREATE TABLE notices (
    id BIGINT NOT NULL,                           -- of one thing told to several the same
    person_id BIGINT NOT NULL REFERENCES people (id),
    shop_id BIGINT REFERENCES shops (id),         -- of which it tells its people; NULL: it is his own affair
    kind TEXT NOT NULL,                           -- domain.notices.Kind
    subject_id BIGINT NOT NULL,                   -- the review or the order, as the kind says
    params TEXT NOT NULL,                         -- JSON of what its sentence needs
    at BIGINT NOT NULL,
    read_at BIGINT,
    PRIMARY KEY (person_id, id)
);

CREATE INDEX notices_by_id ON notices (id);
CREATE INDEX notices_unread ON notices (person_id, id) WHERE read_at IS NULL;

CREATE TABLE review_reports (
    review_id BIGINT NOT NULL REFERENCES reviews (id),
    part TEXT NOT NULL,
    reporter_id BIGINT NOT NULL REFERENCES people (id),
    reason TEXT NOT NULL,                         -- domain.publishing.Reason
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    settled_at BIGINT,                            -- a moderator let it stand, or it was hidden
    PRIMARY KEY (review_id, part, reporter_id)
);

CREATE INDEX review_reports_open ON review_reports (at) WHERE settled_at IS NULL;

-- Why money was given back: `not_received` takes the line's rating out of the figures.
ALTER TABLE refunds ADD COLUMN reason TEXT NOT NULL DEFAULT '';
