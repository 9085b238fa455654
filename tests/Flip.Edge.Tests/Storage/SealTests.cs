using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Storage;

/// <summary>Values that SQLite's own check can't tell from those that were written.</summary>
public sealed class SealTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private string Database => _directory.File("flip-edge.db");

    [Theory]
    [InlineData("UPDATE commissioning SET state = 'waiting'", "commissioning")]
    [InlineData("UPDATE outbox SET devices = replace(devices, '123456789', '123456788')", "outbox")]
    [InlineData("UPDATE outbox SET unknown_tries = 7", "outbox")]
    [InlineData("DELETE FROM outbox", "outbox")]
    [InlineData("UPDATE enrollment SET state = '{}'", "enrollment")]
    [InlineData("DELETE FROM enrollment", "enrollment state is missing")]
    [InlineData("INSERT INTO enrollment (recorded_at, state) VALUES ('2026-11-23T12:00:00.000Z', '{}')", "sequence")]
    [InlineData("UPDATE sqlite_sequence SET seq = 0", "sequence")]
    [InlineData("UPDATE mirror SET generation = 99", "mirror")]
    [InlineData("UPDATE seal SET sha256 = replace(sha256, 'a', 'b')", "schema")]
    [InlineData("CREATE INDEX other ON outbox (site_id)", "schema")]
    public void A_value_that_was_not_written_by_the_daemon_is_found_at_the_start(string sql, string found)
    {
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Commissioned);
        RawDatabase.Execute(Database, sql);
        Assert.Equal("ok", RawDatabase.Scalar(Database, "PRAGMA integrity_check"));

        using Outbox outbox = new(_directory.Path, _time);

        Assert.Contains(found, outbox.Database.Health.Recovered?.Sentence, StringComparison.Ordinal);
        Assert.Equal("recovering", outbox.Record.Reason?.Code);
    }

    [Theory]
    [InlineData(StoredPhase.Idle)]
    [InlineData(StoredPhase.Requested)]
    [InlineData(StoredPhase.Frozen)]
    [InlineData(StoredPhase.Sending)]
    [InlineData(StoredPhase.Commissioned)]
    public void What_the_daemon_wrote_itself_is_accepted(StoredPhase phase)
    {
        PowerCutDirectory.Make(_directory.Path, phase);

        using Outbox outbox = new(_directory.Path, _time);

        Assert.Null(outbox.Database.Health.Recovered);
    }

    [Fact]
    public void A_transaction_that_changes_nothing_writes_nothing()
    {
        using Outbox outbox = new(_directory.Path, _time);
        PowerCutDirectory.Advance(outbox.Store, StoredPhase.Sending);
        (long, DateTime) before = (new FileInfo(Database + "-wal").Length, File.GetLastWriteTimeUtc(Database + "-wal"));

        outbox.Database.Write(_ => 0);

        Assert.Equal(before, (new FileInfo(Database + "-wal").Length, File.GetLastWriteTimeUtc(Database + "-wal")));
    }

    public void Dispose() => _directory.Dispose();
}
