-- Translations that were asked for. Nothing is in them of what was masked: their marks stand for it still.

CREATE TABLE translations (
    hash BLOB PRIMARY KEY,                        -- SHA-256 of provider, languages and masked text
    text TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX translations_by_time ON translations (at);
