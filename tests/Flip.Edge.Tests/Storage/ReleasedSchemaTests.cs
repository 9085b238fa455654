using Flip.Edge.Commissioning;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Storage;

/// <summary>Databases of every released version, as dumped from it, opened by today's code.</summary>
public sealed class ReleasedSchemaTests : IDisposable
{
    private const string Key = "5f0c3f0de84e4f4ba0a5a3a2c9d6e111", Digest = "6f39ed4935175dcf8f4603a78a1f0eaa689b7b1b563b64effdf1265b463a7640";

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private string Database => _directory.File("flip-edge.db");

    [Fact]
    public void Schema_1_with_a_trigger_keeps_it()
    {
        using Outbox outbox = Open("schema-1-requested");

        Assert.Equal((CommissioningState.Waiting, "requested", "local"), (outbox.Record.State, outbox.Record.Reason?.Code, outbox.Record.RequestedBy));
        Assert.Equal(new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero), outbox.Record.RequestedAt);
    }

    [Theory]
    [InlineData("schema-1-frozen", nameof(CommissioningState.Queued), 0)]
    [InlineData("schema-1-sending", nameof(CommissioningState.Sending), 1)]
    public void Schema_1_with_a_frozen_request_keeps_its_bytes_and_its_tries(string released, string state, int tries)
    {
        using Outbox outbox = Open(released);

        Assert.Equal(state, outbox.Record.State.ToString());
        OutboxEntry entry = outbox.Record.Outbox!;
        Assert.Equal((Key, Digest, "abc-789", tries, tries, false), (entry.Key, entry.Digest, entry.SiteId, entry.Attempts, entry.UnknownTries, entry.IsSettled));
        Assert.Equal(Digest, Cloud.CommissionSerializer.Digest(entry.Body));
        Assert.Equal(new CommissionedDevice("xyz-123", "123456789", 15_000, 6000, 7500), Assert.Single(entry.Devices));
    }

    [Fact]
    public void Schema_1_that_is_commissioned_stays_so_with_its_enrollment()
    {
        using Outbox outbox = Open("schema-1-commissioned");

        Assert.Equal(CommissioningState.Commissioned, outbox.Record.State);
        Assert.True(outbox.Record.Outbox!.IsSettled);
        EnrollmentRow row = new EnrollmentStore(outbox.Database).Latest()!;
        Assert.Equal((1, "2026-11-20T09:30:03.000Z"), (row.Version, row.RecordedAt));
        Assert.Contains("\"ACTIVE\"", row.State, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema-1-requested")]
    [InlineData("schema-1-frozen")]
    [InlineData("schema-1-sending")]
    [InlineData("schema-1-commissioned")]
    public void What_is_taken_over_is_sealed_and_mirrored_and_opens_again(string released)
    {
        using Outbox outbox = Open(released);
        CommissioningRecord record = outbox.Record;
        Assert.True(File.Exists(_directory.File("identity.json")));

        outbox.Restart();

        Assert.Null(outbox.Database.Health.Recovered);
        Assert.Equal((record.State, record.Reason, record.Since, record.Outbox?.Digest), (outbox.Record.State, outbox.Record.Reason, outbox.Record.Since, outbox.Record.Outbox?.Digest));
        outbox.Dispose();
        RawDatabase.Execute(Database, "UPDATE commissioning SET since = '2020-01-01T00:00:00.000Z'");
        using Outbox changed = new(_directory.Path, _time);
        Assert.NotNull(changed.Database.Health.Recovered);
    }

    [Theory]
    [InlineData("UPDATE outbox SET body = CAST(replace(CAST(body AS TEXT), '15000', '15001') AS BLOB)", "does not fit its digest")]
    [InlineData("UPDATE commissioning SET state = 'frobnicating'", "a row can't be read")]
    [InlineData("UPDATE outbox SET devices = '[{'", "a row can't be read")]
    [InlineData("DROP TABLE outbox", "SQLite: ")]
    public void Schema_1_that_can_not_be_what_was_written_is_put_aside(string sql, string found)
    {
        using Outbox outbox = Open("schema-1-frozen", sql);

        Assert.Contains(found, outbox.Database.Health.Recovered?.Sentence, StringComparison.Ordinal);
        Assert.Equal("trigger", outbox.Record.Reason?.Code);
    }

    private Outbox Open(string released, string more = "")
    {
        using StreamReader reader = new(typeof(ReleasedSchemaTests).Assembly.GetManifestResourceStream(released)!);
        RawDatabase.Execute(Database, reader.ReadToEnd() + "PRAGMA journal_mode = WAL;" + more);
        return new(_directory.Path, _time);
    }

    public void Dispose() => _directory.Dispose();
}
