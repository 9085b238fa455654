using Dapper;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Storage;

/// <summary>The log of enrollment states, oldest first; versions only grow.</summary>
internal sealed class EnrollmentStore(EdgeDatabase database)
{
    /// <summary>Every state after a version, in order.</summary>
    public IReadOnlyList<EnrollmentRow> After(long version) => database.Read<IReadOnlyList<EnrollmentRow>>(connection => [.. connection.Query<EnrollmentRow>(
        "SELECT version AS Version, recorded_at AS RecordedAt, state AS State FROM enrollment WHERE version > @version ORDER BY version",
        new { version })]);

    /// <summary>The newest state, or null before the first.</summary>
    public EnrollmentRow? Latest() => database.Read(connection => connection.QueryFirstOrDefault<EnrollmentRow>(
        "SELECT version AS Version, recorded_at AS RecordedAt, state AS State FROM enrollment ORDER BY version DESC LIMIT 1"));

    /// <summary>Appends a state in a transaction of its own.</summary>
    public long Append(DateTimeOffset now, string state) =>
        database.Write(connection => Append(connection, EdgeDatabase.Text(now), state));

    /// <summary>Appends a state in the caller's transaction.</summary>
    public static long Append(SqliteConnection connection, string now, string state) => connection.ExecuteScalar<long>(
        "INSERT INTO enrollment (recorded_at, state) VALUES (@now, @state) RETURNING version", new { now, state });
}

/// <summary>A row of table <c>enrollment</c>.</summary>
internal sealed class EnrollmentRow
{
    public long Version { get; set; }

    public string RecordedAt { get; set; } = "";

    public string State { get; set; } = "";
}
