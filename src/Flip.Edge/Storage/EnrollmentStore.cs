using Dapper;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Storage;

/// <summary>The log of enrollment states, oldest first; versions only grow.</summary>
internal sealed class EnrollmentStore(EdgeDatabase database)
{
    /// <summary>
    /// So many states are kept. A site sees a handful in its life; the bound is for a cloud that wavers for years, and a subscriber that
    /// is further behind starts with the oldest that there is.
    /// </summary>
    public const int Kept = 200;

    /// <summary>Every state after a version, in order.</summary>
    public IReadOnlyList<EnrollmentRow> After(long version) => database.Read<IReadOnlyList<EnrollmentRow>>(connection => [.. connection.Query<EnrollmentRow>(
        "SELECT version AS Version, recorded_at AS RecordedAt, state AS State FROM enrollment WHERE version > @version ORDER BY version",
        new { version })]);

    /// <summary>The newest state, or null before the first.</summary>
    public EnrollmentRow? Latest() => database.Read(Latest);

    /// <summary>A state that was read is not what was written.</summary>
    public void NoteUnreadable(Exception failed) => database.NoteUnreadable(new DamagedDatabaseException("the content of table enrollment is not what was written", failed));

    /// <summary>Appends a state in a transaction of its own, unless it says the same as the newest.</summary>
    /// <returns>Its version, or that of the newest.</returns>
    public long AppendIfChanged(DateTimeOffset now, string state) =>
        database.Write(connection => AppendIfChanged(connection, EdgeDatabase.Text(now), state));

    /// <summary>Appends a state that follows from the newest one, as long as it is still the newest.</summary>
    /// <param name="version">The version that it follows from.</param>
    /// <param name="now">The time.</param>
    /// <param name="state">The state.</param>
    /// <returns>Its version; null when another one was recorded meanwhile, and nothing was appended.</returns>
    public long? AppendAfter(long version, DateTimeOffset now, string state) => database.Write<long?>(connection =>
        Latest(connection)?.Version == version ? AppendIfChanged(connection, EdgeDatabase.Text(now), state) : null);

    /// <summary>Appends a state in the caller's transaction, unless it says the same as the newest.</summary>
    public static long AppendIfChanged(SqliteConnection connection, string now, string state)
    {
        if (Latest(connection) is { } newest && newest.State == state) return newest.Version;
        long version = connection.ExecuteScalar<long>("INSERT INTO enrollment (recorded_at, state) VALUES (@now, @state) RETURNING version", new { now, state });
        connection.Execute("DELETE FROM enrollment WHERE version <= @oldest", new { oldest = version - Kept });
        return version;
    }

    /// <summary>When Flip last confirmed the newest state, as far as it was written down.</summary>
    public DateTimeOffset? CheckedAt() => database.Read(connection =>
        EdgeDatabase.TimeOrNull(connection.QueryFirstOrDefault<string>("SELECT checked_at FROM enrollment_check WHERE id = 1")));

    /// <summary>Writes down that Flip has confirmed the newest state.</summary>
    public void Checked(DateTimeOffset now) => database.Write(connection => connection.Execute(
        "INSERT INTO enrollment_check (id, checked_at) VALUES (1, @At) ON CONFLICT (id) DO UPDATE SET checked_at = @At",
        new { At = EdgeDatabase.Text(now) }));

    private static EnrollmentRow? Latest(SqliteConnection connection) => connection.QueryFirstOrDefault<EnrollmentRow>(
        "SELECT version AS Version, recorded_at AS RecordedAt, state AS State FROM enrollment ORDER BY version DESC LIMIT 1");
}

/// <summary>A row of table <c>enrollment</c>.</summary>
internal sealed class EnrollmentRow
{
    public long Version { get; set; }

    public string RecordedAt { get; set; } = "";

    public string State { get; set; } = "";
}
