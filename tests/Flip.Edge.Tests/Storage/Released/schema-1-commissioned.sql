-- Written by flip-edge 0.1.0 (schema 1): commissioned. Made with its store, dumped with sqlite3, and never to be changed.
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
INSERT INTO commissioning VALUES(1,'commissioned',NULL,NULL,'2026-11-20T09:30:03.000Z',NULL,NULL);
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
INSERT INTO outbox VALUES(1,'5f0c3f0de84e4f4ba0a5a3a2c9d6e111',NULL,'6f39ed4935175dcf8f4603a78a1f0eaa689b7b1b563b64effdf1265b463a7640','cde0fb0dec1400c54a0f7e7eafa73624c53e4da258bbd34b3380a0defeba95c1','abc-789','[{"id":"xyz-123","serial_number":"123456789","capacity_wh":15000,"max_charge_w":6000,"max_discharge_w":7500}]','2026-11-20T09:30:00.000Z','local','2026-11-20T09:30:02.000Z',1,1,'commissioned','Flip has the site.',NULL,'2026-11-20T09:30:03.000Z');
CREATE TABLE enrollment (
    version     INTEGER PRIMARY KEY AUTOINCREMENT,
    recorded_at TEXT NOT NULL,
    state       TEXT NOT NULL
) STRICT;
INSERT INTO enrollment VALUES(1,'2026-11-20T09:30:03.000Z','{"site_id":"abc-789","device_ids":["xyz-123"],"answer":{"programs":[{"id":"p-1","name":"Demo Program"}],"enrollment":{"id":"e-1","program_id":"p-1","status":"ACTIVE","enroll_method":"AUTO_ENROLL","device_ids":["xyz-123"],"program_specific_attributes":[]}}}');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('outbox',1);
INSERT INTO sqlite_sequence VALUES('enrollment',1);
COMMIT;
PRAGMA user_version=1;
