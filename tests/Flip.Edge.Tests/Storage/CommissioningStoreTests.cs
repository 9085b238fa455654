using System.Text;
using Flip.Edge.Commissioning;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Storage;

public sealed class CommissioningStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly Outbox _outbox;

    public CommissioningStoreTests() => _outbox = new(_directory.Path, _time);

    [Fact]
    public void A_new_gateway_waits_for_a_trigger()
    {
        Assert.Equal(CommissioningState.Waiting, _outbox.Record.State);
        Assert.Equal("trigger", _outbox.Record.Reason?.Code);
        Assert.False(_outbox.Record.IsRequested);
    }

    [Fact]
    public void A_trigger_survives_a_restart_and_ten_presses_are_one()
    {
        Assert.True(_outbox.Store.Request("local"));
        for (int press = 2; press <= 10; press++) Assert.False(_outbox.Store.Request("local"));
        _outbox.Restart();

        Assert.True(_outbox.Record.IsRequested);
        Assert.False(_outbox.Store.Request("local"));
        Assert.Equal("local", _outbox.Record.RequestedBy);
        Assert.Equal("requested", _outbox.Record.Reason?.Code);
    }

    [Fact]
    public void Freezing_accepts_the_trigger_and_keeps_the_bytes_in_one_transaction()
    {
        _outbox.Freeze();
        _outbox.Restart();

        Assert.Equal(CommissioningState.Queued, _outbox.Record.State);
        Assert.False(_outbox.Record.IsRequested);
        Assert.True(_outbox.Record.IsInFlight);
        Assert.Equal(Outbox.Request().Body, _outbox.Record.Outbox!.Body);
        Assert.Equal("123456789", Assert.Single(_outbox.Record.Outbox.Devices).SerialNumber);
    }

    [Fact]
    public void Of_two_who_want_a_site_commissioned_again_the_second_does_not_disturb_the_first_ones_request()
    {
        _outbox.Freeze();
        _outbox.Store.BeginAttempt("key-1");
        _outbox.Store.Commissioned("key-1", "done", PowerCutDirectory.Enrollment);
        Assert.True(_outbox.Store.RequestAgain("local"));
        _outbox.Store.Freeze(Outbox.Request("key-2"));
        _outbox.Store.BeginAttempt("key-2");

        Assert.False(_outbox.Store.RequestAgain("local"));
        Assert.Equal(CommissioningState.Sending, _outbox.Record.State);
        Assert.False(_outbox.Record.IsRequested);
    }

    [Fact]
    public void A_request_is_withdrawn_once_and_never_while_it_is_sent_and_is_not_sent_after_that()
    {
        _outbox.Freeze();
        _outbox.Store.BeginAttempt("key-1");
        Assert.False(_outbox.Store.Withdraw("key-1", "reload"));
        Assert.Equal(CommissioningState.Sending, _outbox.Record.State);
        _outbox.Store.EndAttempt("key-1", new("invalid", "HTTP 422", false), NextTry.None, CommissioningState.Attention, new("invalid", "refused"));
        Assert.True(_outbox.Store.Withdraw("key-1", "reload"));
        Assert.False(_outbox.Store.BeginAttempt("key-1"));
        Assert.Equal(CommissioningState.Waiting, _outbox.Record.State);

        _outbox.Store.Freeze(Outbox.Request("key-2"));
        Assert.False(_outbox.Store.Withdraw("key-1", "site data"));
        Assert.Equal(CommissioningState.Queued, _outbox.Record.State);
        Assert.False(_outbox.Record.IsRequested);
    }

    [Fact]
    public void A_trigger_while_a_request_is_frozen_starts_no_second_one()
    {
        _outbox.Freeze();

        Assert.False(_outbox.Store.Request("local"));
        Assert.False(_outbox.Record.IsRequested);
    }

    [Fact]
    public void A_power_cut_while_sending_leaves_a_try_whose_outcome_is_unknown()
    {
        _outbox.Freeze();
        _outbox.Store.BeginAttempt("key-1");
        _outbox.Restart();

        Assert.Equal(CommissioningState.Sending, _outbox.Record.State);
        Assert.Equal(1, _outbox.Record.Outbox!.Attempts);
        Assert.Equal(1, _outbox.Record.Outbox.UnknownTries);
        Assert.Null(_outbox.Record.Outbox.LastOutcome);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Only_a_try_that_may_have_arrived_counts_as_unknown(bool mayHaveArrived, int unknown)
    {
        _outbox.Freeze();
        _outbox.Store.BeginAttempt("key-1");
        _outbox.Store.EndAttempt("key-1", new("transient", "HTTP 503", mayHaveArrived), new(_time.GetUtcNow().AddSeconds(5), false), CommissioningState.Queued, new("transient", "later"));

        Assert.Equal(unknown, _outbox.Record.Outbox!.UnknownTries);
        Assert.Equal(_time.GetUtcNow().AddSeconds(5), _outbox.Record.Outbox.NextAttemptAt);
    }

    [Fact]
    public void Success_settles_the_request_and_takes_the_homeowners_data_off_the_disk()
    {
        _outbox.Store.Request("local");
        _outbox.Store.Freeze(Outbox.Request(body: """{"site":{"id":"abc-789","last_name":"Featherstonehaugh"}}"""));
        _outbox.Store.BeginAttempt("key-1");
        _outbox.Store.Commissioned("key-1", "done", """{"site_id":"abc-789","device_ids":[],"answer":{"programs":[]}}""");

        Assert.Equal(CommissioningState.Commissioned, _outbox.Record.State);
        Assert.True(_outbox.Record.Outbox!.IsSettled);
        Assert.Null(_outbox.Record.Outbox.Body);
        Assert.Equal("digest", _outbox.Record.Outbox.Digest);

        _outbox.Store.Forget();
        // While the daemon still runs: a kill leaves the files as they are now.
        foreach (string file in Directory.GetFiles(_directory.Path).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using FileStream open = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] bytes = new byte[open.Length];
            open.ReadExactly(bytes);
            Assert.DoesNotContain("Featherstonehaugh", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void After_success_a_trigger_is_refused()
    {
        _outbox.Freeze();
        _outbox.Store.Commissioned("key-1", "done", """{"site_id":"abc-789","device_ids":[],"answer":{"programs":[]}}""");

        Assert.False(_outbox.Store.Request("local"));
    }

    [Fact]
    public void The_same_state_and_reason_again_write_nothing()
    {
        _outbox.Store.Move(CommissioningState.Waiting, StateReason.Device("away"));
        CommissioningRecord before = _outbox.Record;
        _time.Advance(TimeSpan.FromMinutes(1));

        _outbox.Store.Move(CommissioningState.Waiting, StateReason.Device("away"));

        Assert.Same(before, _outbox.Record);
    }

    [Fact]
    public void Another_reason_in_the_same_state_does_not_change_since_when_it_is_there()
    {
        DateTimeOffset since = _outbox.Record.Since;
        _time.Advance(TimeSpan.FromMinutes(1));

        _outbox.Store.Move(CommissioningState.Waiting, StateReason.Clock);

        Assert.Equal(since, _outbox.Record.Since);
    }

    [Fact]
    public void A_second_daemon_on_the_same_directory_is_refused_with_a_sentence()
    {
        StorageException refused = Assert.Throws<StorageException>(() => EdgeDatabase.Open(_directory.File("flip-edge.db"), _time, new()));

        Assert.Contains("another flip-edge daemon", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_is_given_up_once_and_the_next_one_is_not_disturbed_by_a_second_word()
    {
        _outbox.Freeze();
        Assert.True(_outbox.Store.Supersede("key-1", "reload", StateReason.Requested));
        _outbox.Store.Freeze(Outbox.Request("key-2"));

        Assert.False(_outbox.Store.Supersede("key-1", "site data", StateReason.Requested));

        Assert.Equal(CommissioningState.Queued, _outbox.Record.State);
        Assert.False(_outbox.Record.IsRequested);
    }

    [Fact]
    public void A_request_is_given_up_even_while_somebody_reads_the_database_and_its_log_is_emptied_later()
    {
        _outbox.Freeze();
        using (Microsoft.Data.Sqlite.SqliteConnection reader = new($"Data Source={Path.Combine(_directory.Path, "flip-edge.db")};Pooling=False"))
        {
            reader.Open();
            reader.Scalar("BEGIN; SELECT count(*) FROM outbox");

            Assert.True(_outbox.Store.Supersede("key-1", "reload", StateReason.Requested));

            Assert.True(_outbox.Record.IsRequested);
            Assert.Contains("end it", _outbox.Database.Health.Failure, StringComparison.Ordinal);
        }

        Assert.True(_outbox.Database.TryAgain());
        Assert.Equal(0, new FileInfo(Path.Combine(_directory.Path, "flip-edge.db-wal")).Length);
    }

    [Fact]
    public void To_ask_twice_for_a_commission_again_does_not_call_back_what_the_first_has_begun()
    {
        _outbox.Freeze();
        _outbox.Store.Commissioned("key-1", "done", PowerCutDirectory.Enrollment);
        Assert.True(_outbox.Store.RequestAgain("local"));
        _outbox.Store.Freeze(Outbox.Request("key-2"));

        Assert.False(_outbox.Store.RequestAgain("local"));

        Assert.Equal(CommissioningState.Queued, _outbox.Record.State);
    }

    [Fact]
    public void Site_data_are_not_taken_once_a_request_is_on_its_way_or_settled()
    {
        Assert.True(_outbox.Store.GiveSiteData("{}"));
        _outbox.Freeze();
        Assert.False(_outbox.Store.GiveSiteData("{}"));

        _outbox.Store.EndAttempt("key-1", new("invalid", "no", false), NextTry.None, CommissioningState.Attention, new("invalid", "no"));
        Assert.True(_outbox.Store.GiveSiteData("{}"));

        _outbox.Store.Commissioned("key-1", "done", PowerCutDirectory.Enrollment);
        Assert.False(_outbox.Store.GiveSiteData("{}"));
        Assert.Null(_outbox.Store.SiteData());
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }
}
