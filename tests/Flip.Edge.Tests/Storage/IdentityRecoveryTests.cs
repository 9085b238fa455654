using Flip.Edge.Commissioning;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Storage;

public sealed class IdentityRecoveryTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private string Database => _directory.File("flip-edge.db");

    [Fact]
    public void A_trigger_outlives_its_database()
    {
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Requested);
        Lose();

        using Outbox outbox = new(_directory.Path, _time);

        Assert.Equal((CommissioningState.Waiting, "requested", "local"), (outbox.Record.State, outbox.Record.Reason?.Code, outbox.Record.RequestedBy));
        Assert.Equal(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero), outbox.Record.RequestedAt);
    }

    [Theory]
    [InlineData(StoredPhase.Frozen, null)]
    [InlineData(StoredPhase.Sending, null)]
    [InlineData(StoredPhase.Commissioned, "commissioned")]
    public void A_request_that_may_be_at_Flip_becomes_a_question(StoredPhase phase, string? recoveredAs)
    {
        PowerCutDirectory.Make(_directory.Path, phase);
        Lose();

        using Outbox outbox = new(_directory.Path, _time);

        Assert.Equal((CommissioningState.Queued, "recovering"), (outbox.Record.State, outbox.Record.Reason?.Code));
        FrozenRequest was = PowerCutDirectory.Request();
        OutboxEntry entry = outbox.Record.Outbox!;
        Assert.Equal((was.Key, was.Digest, was.SettingsDigest, was.SiteId, 1, false), (entry.Key, entry.Digest, entry.SettingsDigest, entry.SiteId, entry.UnknownTries, entry.IsSettled));
        Assert.Null(entry.Body);
        Assert.Equal(was.Devices, entry.Devices);
        outbox.Dispose();
        Assert.Equal((object?)recoveredAs ?? DBNull.Value, RawDatabase.Scalar(Database, "SELECT recovered_as FROM outbox"));
    }

    [Fact]
    public void What_was_commissioned_is_still_asked_for_after_a_second_loss()
    {
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Commissioned);
        for (int loss = 1; loss <= 2; loss++)
        {
            Lose();
            using Outbox outbox = new(_directory.Path, _time);
            Assert.Equal("recovering", outbox.Record.Reason?.Code);
        }

        Assert.Equal("commissioned", RawDatabase.Scalar(Database, "SELECT recovered_as FROM outbox"));
    }

    [Fact]
    public void Versions_of_the_enrollment_go_on_above_those_that_were_given_out()
    {
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Commissioned);
        Lose();

        using Outbox outbox = new(_directory.Path, _time);

        Assert.Equal(2, outbox.Store.Commissioned("key-1", "asked", PowerCutDirectory.Enrollment));
        Assert.Equal(CommissioningState.Commissioned, outbox.Record.State);
        outbox.Restart();
        Assert.Null(outbox.Database.Health.Recovered);
        Assert.Equal(CommissioningState.Commissioned, outbox.Record.State);
    }

    // SQLite ends a log at the first frame that does not fit its checksum, and says nothing.
    [Theory]
    [InlineData(StoredPhase.Requested, "requested", false)]
    [InlineData(StoredPhase.Frozen, "recovering", false)]
    [InlineData(StoredPhase.Commissioned, "recovering", false)]
    public void A_log_that_SQLite_drops_silently_is_noticed_by_the_mirror(StoredPhase phase, string code, bool hasBody)
    {
        PowerCutDirectory.Make(_directory.Path, phase);
        using (FileStream log = new(Database + "-wal", FileMode.Open)) log.SetLength(log.Length - 1);

        using Outbox outbox = new(_directory.Path, _time);

        Assert.Equal(code, outbox.Record.Reason?.Code);
        Assert.Contains("had lost its newest changes", outbox.Database.Health.Recovered?.Sentence, StringComparison.Ordinal);
        Assert.Null(outbox.Database.Health.Recovered!.PutAside);
        // The commission's own transaction is lost, so the body is still there, and is what was sent.
        Assert.Equal(hasBody || phase == StoredPhase.Commissioned, outbox.Record.Outbox?.Body is not null);
    }

    [Theory]
    [InlineData(StoredPhase.Idle, StoredPhase.Requested, "requested")]
    [InlineData(StoredPhase.Requested, StoredPhase.Frozen, "recovering")]
    [InlineData(StoredPhase.Sending, StoredPhase.Commissioned, "recovering")]
    public void A_power_cut_between_mirror_and_commit_goes_on_from_the_mirror(StoredPhase database, StoredPhase mirror, string code)
    {
        PowerCutDirectory.Make(_directory.Path, mirror);
        byte[] ahead = File.ReadAllBytes(_directory.File("identity.json"));
        foreach (string file in Directory.GetFiles(_directory.Path)) File.Delete(file);
        PowerCutDirectory.Make(_directory.Path, database);
        File.WriteAllBytes(_directory.File("identity.json"), ahead);

        using Outbox outbox = new(_directory.Path, _time);

        Assert.Equal(code, outbox.Record.Reason?.Code);
        if (database == StoredPhase.Sending) Assert.Equal(PowerCutDirectory.Request().Body, outbox.Record.Outbox!.Body);
        outbox.Restart();
        Assert.Null(outbox.Database.Health.Recovered);
        Assert.Equal(code, outbox.Record.Reason?.Code);
    }

    [Fact]
    public void A_request_that_was_superseded_in_what_the_log_lost_is_superseded_again_and_its_body_is_gone()
    {
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Sending);
        byte[] database = File.ReadAllBytes(Database), log = File.ReadAllBytes(Database + "-wal");
        using (Outbox outbox = new(_directory.Path, _time)) outbox.Store.Supersede("key-1", "reload", StateReason.Requested);
        File.WriteAllBytes(Database, database);
        File.WriteAllBytes(Database + "-wal", log);

        using Outbox again = new(_directory.Path, _time);

        Assert.Equal((CommissioningState.Waiting, "requested"), (again.Record.State, again.Record.Reason?.Code));
        Assert.True(again.Record.IsRequested);
        Assert.Equal((true, "withdrawn", null), (again.Record.Outbox!.IsSettled, again.Record.Outbox.SettledAs, again.Record.Outbox.Body));
        Assert.Empty(Homeowner.In(_directory.Path));
    }

    [Fact]
    public void Only_a_later_enrollment_lost_leaves_a_commissioned_gateway_commissioned()
    {
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Commissioned);
        byte[] database = File.ReadAllBytes(Database), log = File.ReadAllBytes(Database + "-wal");
        using (Outbox outbox = new(_directory.Path, _time)) new EnrollmentStore(outbox.Database).AppendIfChanged(_time.GetUtcNow(), PowerCutDirectory.Enrollment + " ");
        File.WriteAllBytes(Database, database);
        File.WriteAllBytes(Database + "-wal", log);

        using Outbox again = new(_directory.Path, _time);

        Assert.Equal(CommissioningState.Commissioned, again.Record.State);
        EnrollmentStore store = new(again.Database);
        Assert.Equal(1, store.Latest()!.Version);
        Assert.Equal(3, store.AppendIfChanged(_time.GetUtcNow(), PowerCutDirectory.Enrollment + " "));
    }

    private void Lose()
    {
        foreach (string file in Directory.GetFiles(_directory.Path, "flip-edge.db*")) File.Delete(file);
    }

    public void Dispose() => _directory.Dispose();
}
