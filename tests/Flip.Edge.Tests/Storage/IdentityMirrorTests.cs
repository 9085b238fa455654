using System.Text.Json;
using Flip.Edge.Commissioning;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Storage;

public sealed class IdentityMirrorTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly Outbox _outbox;

    public IdentityMirrorTests() => _outbox = new(_directory.Path, _time);

    private string File => _directory.File("identity.json");

    [Fact]
    public void It_follows_the_commissioning_from_phase_to_phase()
    {
        Assert.Equal("idle", Phase());
        _outbox.Store.Request("local");
        Assert.Equal("requested", Phase());
        _outbox.Store.Freeze(PowerCutDirectory.Request());
        Assert.Equal("in_flight", Phase());
        _outbox.Store.BeginAttempt("key-1");
        _outbox.Store.EndAttempt("key-1", new("conflict", "HTTP 409", true), NextTry.None, CommissioningState.Attention, new("conflict", "ask Flip"));
        Assert.Equal("in_flight", Phase());
        _outbox.Store.Commissioned("key-1", "done", PowerCutDirectory.Enrollment);
        Assert.Equal("commissioned", Phase());
    }

    [Fact]
    public void A_superseded_request_leaves_it_requested()
    {
        PowerCutDirectory.Advance(_outbox.Store, StoredPhase.Sending);
        _outbox.Store.Supersede("key-1", "reload", StateReason.Requested);

        Assert.Equal("requested", Phase());
    }

    [Fact]
    public void It_holds_what_a_new_database_needs_and_nothing_of_the_homeowner()
    {
        PowerCutDirectory.Advance(_outbox.Store, StoredPhase.Commissioned);

        JsonElement identity = Identity();
        Assert.Equal("key-1", identity.GetProperty("key").GetString());
        Assert.Equal("abc-789", identity.GetProperty("site_id").GetString());
        Assert.Equal(PowerCutDirectory.Request().Digest, identity.GetProperty("body_sha256").GetString());
        Assert.Equal("123456789", identity.GetProperty("devices")[0].GetProperty("serial_number").GetString());
        Assert.Equal(15_000, identity.GetProperty("devices")[0].GetProperty("capacity_wh").GetInt32());
        Assert.Equal(1, identity.GetProperty("enrollment_version").GetInt64());
        Assert.Empty(Homeowner.In(_directory.Path, "identity.json"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void A_hundred_tries_do_not_wear_it()
    {
        PowerCutDirectory.Advance(_outbox.Store, StoredPhase.Frozen);
        byte[] before = System.IO.File.ReadAllBytes(File);
        DateTime written = System.IO.File.GetLastWriteTimeUtc(File);

        for (int attempt = 1; attempt <= 100; attempt++)
        {
            _outbox.Store.BeginAttempt("key-1");
            _outbox.Store.EndAttempt("key-1", new("transient", "HTTP 503", true), new(_time.GetUtcNow(), false), CommissioningState.Queued, new("transient", $"try {attempt}"));
        }

        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        Assert.Equal(written, System.IO.File.GetLastWriteTimeUtc(File));
    }

    [Fact]
    public void What_can_not_be_mirrored_is_not_accepted()
    {
        // Nothing can be created under this name: for root too, whom modes don't stop.
        Directory.CreateDirectory(File + ".new");

        StorageException refused = Assert.Throws<StorageException>(() => _outbox.Store.Request("local"));

        Assert.Contains(_directory.Path, refused.Message, StringComparison.Ordinal);
        Assert.False(_outbox.Record.IsRequested);
        Assert.Equal(refused.Message, _outbox.Database.Health.Failure);
        _outbox.Restart();
        Assert.False(_outbox.Record.IsRequested);

        Directory.Delete(File + ".new");
        Assert.True(_outbox.Store.Request("local"));
        Assert.False(_outbox.Database.Health.IsFailing);
        Assert.Equal("requested", Phase());
    }

    [Fact]
    public void A_commit_that_fails_takes_the_mirror_back()
    {
        byte[] before = System.IO.File.ReadAllBytes(File);

        Assert.Throws<SqliteException>(() => _outbox.Database.Write(connection =>
        {
            connection.Scalar("UPDATE commissioning SET requested_at = '2026-11-23T12:00:00.000Z', requested_by = 'local'");
            // Is looked at by the COMMIT alone.
            connection.Scalar("CREATE TABLE one (id INTEGER PRIMARY KEY); CREATE TABLE two (one INTEGER REFERENCES one DEFERRABLE INITIALLY DEFERRED); INSERT INTO two VALUES (1)");
            return 0;
        }));

        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        Assert.True(_outbox.Store.Request("local"));
        Assert.Equal("requested", Phase());
        Assert.Equal(_outbox.Database.Read(connection => (long)connection.Scalar("SELECT generation FROM mirror")!), Identity().GetProperty("generation").GetInt64());
    }

    [Theory]
    [InlineData("\"phase\":\"in_flight\"", "\"phase\":\"idle\"")]
    [InlineData("\"generation\":3", "\"generation\":4")]
    [InlineData("\"format\":1", "\"format\":2")]
    [InlineData("{\"format\"", "\"format\"")]
    public void A_damaged_mirror_is_named_ignored_and_written_anew(string was, string becomes)
    {
        PowerCutDirectory.Advance(_outbox.Store, StoredPhase.Frozen);
        string good = System.IO.File.ReadAllText(File);
        Assert.Contains(was, good, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, good.Replace(was, becomes, StringComparison.Ordinal));

        _outbox.Restart();

        Assert.Contains(File, _outbox.Database.Health.Recovered?.Sentence, StringComparison.Ordinal);
        Assert.Equal("queued", _outbox.Record.Reason?.Code);
        Assert.Equal("in_flight", Phase());
        _outbox.Restart();
        Assert.Null(_outbox.Database.Health.Recovered);
    }

    private string Phase() => Identity().GetProperty("phase").GetString()!;

    private JsonElement Identity()
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(File));
        return document.RootElement.GetProperty("identity").Clone();
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }
}
