using System.Buffers;
using System.Text.Json;
using Flip.Edge.Status;
using Flip.Edge.Storage;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Doctor;

/// <summary>What is on the disk, for a daemon that does not run: from a private copy, so that nothing of the daemon's is opened or left behind there.</summary>
internal static class StoredParts
{
    // The daemon's own have some ten kB, and are never as long (security.md, homeowner data).
    private const int LargestIdentity = 1024 * 1024, LargestDatabase = 64 * 1024 * 1024;

    // Every column but those that may hold the homeowner's data: outbox.body, site_data.site, enrollment.state.
    private static readonly (string Name, string Query)[] Tables =
    [
        ("commissioning", "SELECT state, reason_code, reason, since, requested_at, requested_by FROM commissioning"),
        ("outbox", """
            SELECT sequence, key, body IS NOT NULL AS has_body, body_sha256, settings_sha256, site_id, devices, requested_at, requested_by, frozen_at, attempts, unknown_tries,
                   last_outcome, last_detail, next_attempt_at, settled_at, settled_as, asked_to_wait, conflicts, recovered_as FROM outbox ORDER BY sequence DESC
            """),
        ("enrollment", "SELECT version, recorded_at FROM enrollment ORDER BY version DESC LIMIT 20"),
        ("enrollment_check", "SELECT checked_at FROM enrollment_check"),
        ("site_data", "SELECT given_at FROM site_data"),
        ("mirror", "SELECT generation FROM mirror"),
    ];

    /// <param name="database">The daemon's database.</param>
    /// <param name="mask">Takes up what is found there of the homeowner.</param>
    public static IEnumerable<DoctorPart> All(string database, SecretMask mask) =>
    [
        new("database.json", "state and history from the database", _ => Task.FromResult(Read(database, mask))),
        new("identity.json", "the mirror of the gateway's identity", _ => Task.FromResult(ServiceFile.Read(IdentityMirror.FileFor(database), LargestIdentity))),
    ];

    private static byte[] Read(string database, SecretMask mask)
    {
        if (!File.Exists(database)) throw new PartUnavailableException($"there is no database {database}, or this user may not see it");
        // In memory where that can be: the copy holds what the original does.
        string copy = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"flip-edge-doctor-{Guid.NewGuid():N}");
        Directory.CreateDirectory(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            string file = Path.Combine(copy, "copy.db");
            ServiceFile.Copy(database, file, LargestDatabase);
            if (File.Exists(database + "-wal")) ServiceFile.Copy(database + "-wal", file + "-wal", LargestDatabase);
            using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
            connection.Open();
            TakeUp(connection, "SELECT site FROM site_data", mask);
            TakeUp(connection, "SELECT CAST(body AS TEXT) FROM outbox WHERE body IS NOT NULL", mask);
            return Write(connection);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static byte[] Write(SqliteConnection connection)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, NameplateJson.Options with { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("quick_check", Scalar(connection, "PRAGMA quick_check"));
            json.WriteString("user_version", Scalar(connection, "PRAGMA user_version"));
            foreach ((string name, string query) in Tables)
            {
                json.WriteStartArray(name);
                Rows(json, connection, query);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void Rows(Utf8JsonWriter json, SqliteConnection connection, string query)
    {
        try
        {
            using SqliteCommand command = Command(connection, query);
            using SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
            {
                json.WriteStartObject();
                for (int column = 0; column < row.FieldCount; column++)
                {
                    if (row.IsDBNull(column)) json.WriteNull(row.GetName(column));
                    else json.WriteString(row.GetName(column), row.GetString(column));
                }

                json.WriteEndObject();
            }
        }
        catch (SqliteException damaged)
        {
            // One table of a damaged database does not keep the others out. The general words: SQLite's own may quote a row.
            json.WriteStringValue($"can't be read: SQLite error {damaged.SqliteErrorCode}, {damaged.SqliteExtendedErrorCode}");
        }
    }

    private static void TakeUp(SqliteConnection connection, string query, SecretMask mask)
    {
        try
        {
            using SqliteCommand command = Command(connection, query);
            using SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
            {
                using JsonDocument document = JsonDocument.Parse(row.GetString(0));
                // A body has the site inside, and what was given is the site itself.
                JsonElement site = document.RootElement.TryGetProperty("site", out JsonElement inner) ? inner : document.RootElement;
                foreach (JsonProperty field in site.EnumerateObject())
                {
                    if (field.Name is not ("id" or "state_code") && field.Value.ValueKind == JsonValueKind.String) mask.AddWord(field.Value.GetString());
                }
            }
        }
        catch (Exception damaged) when (damaged is SqliteException or JsonException or InvalidOperationException)
        {
            // The columns themselves are not taken up; this was for the mask only.
        }
    }

    private static string Scalar(SqliteConnection connection, string query)
    {
        using SqliteCommand command = Command(connection, query);
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    private static SqliteCommand Command(SqliteConnection connection, string query)
    {
        SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries are those above.
        command.CommandText = query;
#pragma warning restore CA2100
        return command;
    }
}
