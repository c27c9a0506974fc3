-- Translations that were asked for. Nothing is in them of what was masked: their marks stand for it still.

CREATE TABLE translations (
    hash BYTEA PRIMARY KEY,                        -- SHA-256 of provider, languages and masked text
    text TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX translations_by_time ON translations (at);
