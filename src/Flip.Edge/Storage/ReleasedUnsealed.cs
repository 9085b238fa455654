using System.Text.Json;
using Dapper;
using Flip.Edge.Cloud;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Storage;

/// <summary>
/// A database of version 1 has no seals. Before it is taken over and sealed, what can be checked without them is checked: that its rows
/// can be read, and that a frozen body fits its digest.
/// </summary>
internal static class ReleasedUnsealed
{
    /// <exception cref="DamagedDatabaseException">Its content can't be what was written.</exception>
    public static void Check(SqliteConnection connection)
    {
        try
        {
            // Version 1 wrote the row at its first start.
            CommissioningRow? row = connection.QueryFirstOrDefault<CommissioningRow>(
                "SELECT state AS State, since AS Since, requested_at AS RequestedAt FROM commissioning WHERE id = 1");
            row?.ToRecord(null);
            foreach (OutboxRow request in connection.Query<OutboxRow>(
                """
                SELECT key AS Key, body AS Body, body_sha256 AS Digest, devices AS Devices, frozen_at AS FrozenAt, next_attempt_at AS NextAttemptAt
                FROM outbox
                """))
            {
                request.ToEntry();
                if (request.Body is { } body && CommissionSerializer.Digest(body) != request.Digest)
                {
                    throw new DamagedDatabaseException("a frozen request does not fit its digest");
                }
            }
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or JsonException)
        {
            throw new DamagedDatabaseException("a row can't be read", unreadable);
        }
    }
}
