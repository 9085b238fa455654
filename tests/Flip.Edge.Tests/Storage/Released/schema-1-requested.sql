-- Written by flip-edge 0.1.0 (schema 1): requested. Made with its store, dumped with sqlite3, and never to be changed.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE commissioning (
    id             INTEGER PRIMARY KEY CHECK (id = 1),
    state          TEXT NOT NULL,
    reason_code    TEXT,
    reason         TEXT,
    since          TEXT NOT NULL,
    requested_at   TEXT,
    requested_by   TEXT
) STRICT;
INSERT INTO commissioning VALUES(1,'waiting','requested','the commissioning was started; the devices are read next','2026-11-20T09:30:00.000Z','2026-11-20T09:30:00.000Z','local');
CREATE TABLE outbox (
    sequence        INTEGER PRIMARY KEY AUTOINCREMENT,
    key             TEXT NOT NULL UNIQUE,
    body            BLOB,
    body_sha256     TEXT NOT NULL,
    settings_sha256 TEXT NOT NULL,
    site_id         TEXT NOT NULL,
    devices         TEXT NOT NULL,
    requested_at    TEXT NOT NULL,
    requested_by    TEXT NOT NULL,
    frozen_at       TEXT NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    -- Tries that may have reached Flip without an answer that tells; a 409 after one of them may be our own doing.
    unknown_tries   INTEGER NOT NULL DEFAULT 0,
    last_outcome    TEXT,
    last_detail     TEXT,
    next_attempt_at TEXT,
    settled_at      TEXT
) STRICT;
CREATE TABLE enrollment (
    version     INTEGER PRIMARY KEY AUTOINCREMENT,
    recorded_at TEXT NOT NULL,
    state       TEXT NOT NULL
) STRICT;
DELETE FROM sqlite_sequence;
COMMIT;
PRAGMA user_version=1;
