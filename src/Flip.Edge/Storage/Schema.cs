namespace Flip.Edge.Storage;

/// <summary>The migrations, in order; <c>user_version</c> is the number of those applied. A released one is never changed.</summary>
internal static class Schema
{
    /// <summary><c>PRAGMA application_id</c> of our files, from version 2 on: "Flip" in ASCII.</summary>
    public const int ApplicationId = 0x466C6970;

    /// <summary>The first version whose rows are sealed and whose file has an application id.</summary>
    public const int FirstSealed = 2;

    public static readonly string[] Migrations =
    [
        """
        CREATE TABLE commissioning (
            id             INTEGER PRIMARY KEY CHECK (id = 1),
            state          TEXT NOT NULL,
            reason_code    TEXT,
            reason         TEXT,
            since          TEXT NOT NULL,
            requested_at   TEXT,
            requested_by   TEXT
        ) STRICT;

        -- One row for each frozen request. The body is deleted once Flip has it: it holds the homeowner's data.
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
        """,

        """
        -- 1 where next_attempt_at is what Flip asked for (Retry-After), and not our own back-off.
        ALTER TABLE outbox ADD COLUMN asked_to_wait INTEGER NOT NULL DEFAULT 0;
        -- Answers 409.
        ALTER TABLE outbox ADD COLUMN conflicts INTEGER NOT NULL DEFAULT 0;
        -- What the identity mirror said of a request whose database was lost: in_flight or commissioned.
        ALTER TABLE outbox ADD COLUMN recovered_as TEXT;
        -- How it ended: commissioned, or withdrawn because a person changed what it was made from.
        ALTER TABLE outbox ADD COLUMN settled_as TEXT;
        UPDATE outbox SET settled_as = CASE last_outcome WHEN 'commissioned' THEN 'commissioned' ELSE 'withdrawn' END WHERE settled_at IS NOT NULL;

        -- Site data that a person gave over the local endpoint, on top of the configuration's. Homeowner data: deleted with the body.
        CREATE TABLE site_data (
            id       INTEGER PRIMARY KEY CHECK (id = 1),
            site     TEXT NOT NULL,
            given_at TEXT NOT NULL
        ) STRICT;

        -- When Flip last confirmed the newest enrollment. Written rarely: it is only for a gateway that starts without a network.
        CREATE TABLE enrollment_check (
            id         INTEGER PRIMARY KEY CHECK (id = 1),
            checked_at TEXT NOT NULL
        ) STRICT;

        -- Digests of the rows that matter (Seal.cs).
        CREATE TABLE seal (
            subject TEXT NOT NULL,
            id      INTEGER NOT NULL,
            sha256  TEXT NOT NULL,
            PRIMARY KEY (subject, id)
        ) STRICT, WITHOUT ROWID;

        -- Generation of identity.json: a mirror that is ahead of this has seen what this file has lost.
        CREATE TABLE mirror (
            id         INTEGER PRIMARY KEY CHECK (id = 1),
            generation INTEGER NOT NULL
        ) STRICT;
        INSERT INTO mirror (id, generation) VALUES (1, 0);
        """,
    ];
}
