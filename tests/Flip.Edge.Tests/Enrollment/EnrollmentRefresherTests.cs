using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Enrollment;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flip.Edge.Tests.Enrollment;

public sealed class EnrollmentRefresherTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly TempDirectory _directory = new();
    private readonly WatchedTime _time = new(Start);
    private readonly Outbox _outbox;
    private readonly ScriptedFlip _flip;
    private readonly EnrollmentFreshness _freshness;
    private readonly EnrollmentRefresher _refresher;

    public EnrollmentRefresherTests()
    {
        _outbox = new(_directory.Path, _time);
        _flip = new(_time);
        _freshness = new(Log);
        // A chance of one half makes every jittered interval the interval itself, and a spread half of its range.
        _refresher = new(
            new EnrollmentFeed(Log, _outbox.Changes), Log, _freshness, _flip,
            new EnrollmentSettings(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromHours(6)),
            new(new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15)), () => 0.5), new ClockTrust(_time, Start.AddDays(-1)), _outbox.Changes, new(failure => failure.Message, _outbox.Changes, _time), _time, () => 0.5,
            NullLogger<EnrollmentRefresher>.Instance);
    }

    private EnrollmentStore Log => new(_outbox.Database);

    private string? Status => EnrollmentText.Read(Log.Latest()!.State).Enrollment?.Status?.ToString();

    [Fact]
    public async Task Before_the_site_is_commissioned_nobody_is_asked()
    {
        await StartAsync();
        await PassAsync(TimeSpan.FromDays(1));

        Assert.Empty(_flip.Asked);
    }

    [Fact]
    public async Task A_commission_is_followed_by_a_question_at_once()
    {
        _flip.HasSite([ScriptedFlip.Enrollment("PENDING")], ("xyz-123", "SN"));
        await StartAsync();
        await PassAsync(TimeSpan.FromSeconds(1));

        Commission("ACTIVE");
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Single(_flip.Asked);
        Assert.Equal("PENDING", Status);
        Assert.Equal(2, Log.Latest()!.Version);
    }

    [Fact]
    public async Task An_answer_to_a_question_from_before_the_site_was_commissioned_again_is_not_put_on_top_of_it()
    {
        Commission("ACTIVE");
        _flip.HasSite([ScriptedFlip.Enrollment("PENDING")], ("xyz-123", "SN"));
        _flip.Meanwhile = () => Log.AppendIfChanged(_time.GetUtcNow(), EnrollmentText.Write(new("abc-789", ["xyz-NEW"], [], null)));

        await _refresher.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["xyz-NEW"], EnrollmentText.Read(Log.Latest()!.State).DeviceIds);
        Assert.Equal(2, Log.Latest()!.Version);
    }

    [Fact]
    public async Task A_commission_whose_enrollment_Flip_confirms_is_asked_about_once_and_not_twice()
    {
        _flip.HasSite([ScriptedFlip.Enrollment("ACTIVE")], ("xyz-123", "SN"));
        await StartAsync();
        await PassAsync(TimeSpan.FromSeconds(1));

        Commission("ACTIVE");
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Single(_flip.Asked);
    }

    [Fact]
    public async Task The_interval_doubles_while_nothing_changes_to_one_hour_when_it_is_open_and_six_when_it_is_settled()
    {
        Commission("PENDING");
        for (int i = 0; i < 8; i++) _flip.HasSite([ScriptedFlip.Enrollment("PENDING")], ("xyz-123", "SN"));
        for (int i = 0; i < 12; i++) _flip.HasSite(("xyz-123", "SN"));
        List<double> waits = [];
        for (int i = 0; i < 20; i++) waits.Add((await _refresher.RefreshAsync(TestContext.Current.CancellationToken)).TotalMinutes);

        Assert.Equal([2, 4, 8, 16, 32, 60, 60, 60, 1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360], waits);
        Assert.Equal("ACTIVE", Status);
    }

    [Fact]
    public async Task A_change_is_on_the_disk_with_a_new_version_and_the_reason_and_an_unknown_status_passes_through()
    {
        Commission("ACTIVE");
        _flip.HasSite([ScriptedFlip.Enrollment("ON_HOLD_BY_UTILITY", "meter exchange")], ("xyz-123", "SN"));
        await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("ON_HOLD_BY_UTILITY", Status);
        Assert.Equal("meter exchange", EnrollmentText.Read(Log.Latest()!.State).Enrollment?.StatusReason);
        Assert.Equal(2, Log.Latest()!.Version);
        Assert.Equal("changed", _freshness.Now.LastOutcome);
    }

    [Fact]
    public async Task A_field_that_this_version_does_not_know_is_no_news_by_itself()
    {
        Commission("ACTIVE");
        for (int i = 0; i < 3; i++)
        {
            Dictionary<string, System.Text.Json.JsonElement> seen = new() { ["seen_at"] = System.Text.Json.JsonSerializer.SerializeToElement(i) };
            _flip.HasSite([ScriptedFlip.Enrollment("ACTIVE") with { OtherFields = seen }], ("xyz-123", "SN"));
        }

        await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(8));

        Assert.Equal(3, _flip.Asked.Count);
        Assert.Equal(1, Log.Latest()!.Version);
    }

    [Fact]
    public async Task A_program_that_is_not_known_yet_is_asked_for()
    {
        Log.AppendIfChanged(_time.GetUtcNow(), EnrollmentText.Write(new("abc-789", ["xyz-123"], [], CurrentEnrollment.Of([ScriptedFlip.Enrollment("ACTIVE")]))));
        _flip.HasSite(("xyz-123", "SN")).HasSite(("xyz-123", "SN"));
        _flip.Programs = new FlipAnswer<IReadOnlyList<FlipProgram>>.Failed(ScriptedFlip.Refused);
        await _refresher.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, Log.Latest()!.Version);

        _flip.Programs = new FlipAnswer<IReadOnlyList<FlipProgram>>.Given(ScriptedFlip.Success.Response.Programs);
        await _refresher.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Demo Program", Assert.Single(EnrollmentText.Read(Log.Latest()!.State).Programs).Name);
    }

    [Fact]
    public async Task A_refused_token_is_asked_with_no_oftener_than_an_open_enrollment_is_looked_after()
    {
        Commission("ACTIVE");
        _flip.CannotBeAsked(new CommissionOutcome.Unauthorized(401, "revoked"));

        Assert.Equal(TimeSpan.FromHours(1), await _refresher.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Equal("unauthorized", _freshness.Now.LastOutcome);
    }

    [Fact]
    public void A_cloud_that_wavers_for_years_does_not_fill_the_flash()
    {
        for (int i = 1; i <= EnrollmentStore.Kept + 50; i++) Commission($"STATUS_{i}");

        Assert.Equal(EnrollmentStore.Kept, Log.After(0).Count);
        Assert.Equal(EnrollmentStore.Kept + 50, Log.Latest()!.Version);
        _outbox.Restart();
        Assert.Null(_outbox.Database.Health.Recovered);
        Assert.Equal($"STATUS_{EnrollmentStore.Kept + 50}", Status);
    }

    [Fact]
    public async Task Offline_for_a_week_it_keeps_the_last_state_and_its_age()
    {
        Commission("ACTIVE");
        _flip.HasSite(("xyz-123", "SN"));
        await _refresher.RefreshAsync(TestContext.Current.CancellationToken);
        TimeSpan wait = TimeSpan.Zero;
        while (_time.GetUtcNow() < Start.AddDays(7))
        {
            _flip.CannotBeAsked(ScriptedFlip.Refused);
            wait = await _refresher.RefreshAsync(TestContext.Current.CancellationToken);
            Assert.True(wait > TimeSpan.Zero);
            _time.Advance(wait);
        }

        Assert.Equal(TimeSpan.FromMinutes(7.5), wait);
        Assert.Equal("ACTIVE", Status);
        Assert.Equal(1, Log.Latest()!.Version);
        Assert.Equal(_flip.Asked.First(), _freshness.Now.CheckedAt);
        Assert.Equal("transient", _freshness.Now.LastOutcome);
        Assert.Contains("tries again by itself", _freshness.Now.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_the_age_is_never_shown_as_less_than_it_is()
    {
        Commission("ACTIVE");
        for (int hour = 0; hour < 5; hour++)
        {
            _flip.HasSite(("xyz-123", "SN"));
            await _refresher.RefreshAsync(TestContext.Current.CancellationToken);
            _time.Advance(TimeSpan.FromHours(1));
        }

        DateTimeOffset known = _freshness.Now.CheckedAt!.Value;

        EnrollmentFreshness after = new(Log);
        after.Load();

        Assert.NotNull(after.Now.CheckedAt);
        Assert.True(after.Now.CheckedAt <= known);
        Assert.True(known - after.Now.CheckedAt < TimeSpan.FromHours(6));
    }

    [Fact]
    public async Task Somebody_who_wants_to_know_now_is_served_and_ten_of_them_are_one_question()
    {
        Commission("ACTIVE");
        _flip.HasSite(("xyz-123", "SN")).HasSite([ScriptedFlip.Enrollment("UNENROLLED")], ("xyz-123", "SN"));
        await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.Single(_flip.Asked);

        for (int i = 0; i < 10; i++) _refresher.RefreshNow();
        await PassAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(2, _flip.Asked.Count);
        Assert.Equal("UNENROLLED", Status);
    }

    [Fact]
    public async Task A_Retry_After_is_obeyed_even_when_somebody_wants_to_know_now()
    {
        Commission("ACTIVE");
        _flip.CannotBeAsked(new CommissionOutcome.Throttled(TimeSpan.FromMinutes(30), "slow down"));
        await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(1));

        _refresher.RefreshNow();
        await PassAsync(TimeSpan.FromMinutes(28));

        Assert.Single(_flip.Asked);
    }

    [Fact]
    public async Task A_site_that_Flip_no_longer_has_is_told_and_the_last_state_stands()
    {
        Commission("ACTIVE");
        _flip.HasNoSite();
        await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("site_unknown", _freshness.Now.LastOutcome);
        Assert.Contains("flip-edge commission --again abc-789", _freshness.Now.Reason, StringComparison.Ordinal);
        Assert.Equal("ACTIVE", Status);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_told_and_the_change_is_written_down_later()
    {
        Commission("ACTIVE");
        _flip.HasSite([ScriptedFlip.Enrollment("REJECTED")], ("xyz-123", "SN")).HasSite([ScriptedFlip.Enrollment("REJECTED")], ("xyz-123", "SN"));
        Sql("CREATE TEMP TRIGGER full BEFORE INSERT ON enrollment BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        await _refresher.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("storage", _freshness.Now.LastOutcome);
        Assert.Equal("ACTIVE", Status);

        Sql("DROP TRIGGER full");
        await _refresher.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal("REJECTED", Status);
    }

    [Fact]
    public async Task A_site_that_is_commissioned_anew_while_Flip_is_asked_keeps_its_new_devices()
    {
        Commission("PENDING");
        _flip.HasSite(("xyz-124", "SN-2")).HasSite(("xyz-124", "SN-2"));
        _flip.Meanwhile = () =>
        {
            _flip.Meanwhile = null;
            Log.AppendIfChanged(_time.GetUtcNow(), EnrollmentText.Write(new("abc-789", ["xyz-124"], [], CurrentEnrollment.Of([ScriptedFlip.Enrollment("PENDING")]))));
        };

        await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("xyz-124", Assert.Single(EnrollmentText.Read(Log.Latest()!.State).DeviceIds));
        Assert.Equal("ACTIVE", Status);
        Assert.Equal(2, _flip.Asked.Count);
    }

    [Fact]
    public async Task A_commission_that_Flip_confirms_is_asked_for_once_and_not_twice()
    {
        _flip.HasSite(("xyz-123", "SN")).HasSite(("xyz-123", "SN"));
        await StartAsync();
        await PassAsync(TimeSpan.FromSeconds(1));

        Commission("ACTIVE");
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Single(_flip.Asked);
    }

    [Fact]
    public async Task Somebody_who_wants_to_know_now_is_heard_although_something_else_changes_at_that_moment()
    {
        Commission("ACTIVE");
        _flip.HasSite(("xyz-123", "SN"));
        await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.Single(_flip.Asked);
        for (int question = 2; question <= 20; question++)
        {
            _flip.HasSite(("xyz-123", "SN"));
            int begun = _time.Begun;
            // From a thread of its own: the pool would look at what came last first.
            Thread both = new(() =>
            {
                _outbox.Changes.Raise();
                _refresher.RefreshNow();
            });
            both.Start();
            both.Join();

            // It asks at once, or after the pause that it now waits out; and it is heard again when it waits for the next interval.
            await FaultRig.UntilAsync(() => _flip.Asked.Count == question || _time.Begun > begun);
            _time.Advance(EnrollmentRefresher.LeastPause);
            await FaultRig.UntilAsync(() => _flip.Asked.Count == question);
            await _time.WaitsAsync(TimeSpan.FromSeconds(30), TimeSpan.FromHours(6), since: begun);
            await PassAsync(TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task A_fault_of_ours_does_not_end_the_daemon_and_it_asks_again()
    {
        Commission("ACTIVE");
        _flip.Meanwhile = () =>
        {
            _flip.Meanwhile = null;
            throw new InvalidOperationException("a fault");
        };
        _flip.HasSite([ScriptedFlip.Enrollment("REJECTED")], ("xyz-123", "SN"));
        await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(3));

        Assert.False(_refresher.ExecuteTask!.IsCompleted);
        Assert.Equal("REJECTED", Status);
    }

    [Fact]
    public async Task A_fleet_that_starts_together_with_enrollments_that_Flip_had_confirmed_spreads_over_half_of_the_open_interval()
    {
        Commission("ACTIVE");
        Log.Checked(Start.AddHours(-1));
        for (int i = 0; i < 3; i++) _flip.HasSite(("xyz-123", "SN"));
        await StartAsync();
        await PassAsync(TimeSpan.FromMinutes(14));
        Assert.Empty(_flip.Asked);

        await PassAsync(TimeSpan.FromHours(5));

        // A start is no change: it goes on as rarely as before, and does not begin anew with a minute.
        Assert.Equal(2, _flip.Asked.Count);
    }

    private void Commission(string status)
    {
        Log.AppendIfChanged(_time.GetUtcNow(), EnrollmentText.Write(new("abc-789", ["xyz-123"], ScriptedFlip.Success.Response.Programs, CurrentEnrollment.Of([ScriptedFlip.Enrollment(status)]))));
        _outbox.Changes.Raise();
    }

    // Time that passes before the worker has begun its first wait would not count.
    private async Task StartAsync()
    {
        await _refresher.StartAsync(TestContext.Current.CancellationToken);
        for (int look = 0; look < 1000 && Log.Latest() is not null && _freshness.Now.NextAt is null; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private async Task PassAsync(TimeSpan span, TimeSpan? step = null)
    {
        DateTimeOffset end = _time.GetUtcNow() + span;
        while (true)
        {
            // Lets the worker come to its next wait: it runs on other threads.
            for (int i = 0; i < 20; i++) await Task.Yield();
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
            if (_time.GetUtcNow() >= end) return;
            _time.Advance(step ?? TimeSpan.FromMilliseconds(Math.Max(100, span.TotalMilliseconds / 50)));
        }
    }

    private void Sql(string sql) => _outbox.Database.Write(connection =>
    {
        using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    });

    public void Dispose()
    {
        _refresher.Dispose();
        _outbox.Dispose();
        _directory.Dispose();
    }
}
