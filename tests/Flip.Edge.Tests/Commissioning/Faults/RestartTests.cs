using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Commissioning.Faults;

/// <summary>
/// The power goes in the middle. The start after it goes on from the files as they were, after half a minute's jitter, because the power
/// may have gone in the whole region.
/// </summary>
public sealed class RestartTests
{
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_SIGKILL_while_the_answer_is_awaited_is_asked_about_and_the_site_is_found()
    {
        await using FaultRig rig = await FaultRig.StartAsync("delay:60000");
        Task run = rig.Begin();
        await rig.Time.WaitsAsync(TimeSpan.FromMinutes(1));

        await rig.KillAsync(run);

        rig.Shows("sending", "sending", "sending the request to Flip", attempts: 1, lastOutcome: null);
        rig.Keeps(unknownTries: 1, sites: 1);
        await rig.ComesAfterAsync(rig.Begin(), Jitter);
        rig.IsCommissioned(attempts: 1, byAsking: true);
        Assert.Equal(1, rig.Cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task A_SIGKILL_whose_request_Flip_never_read_is_asked_about_and_the_same_bytes_are_sent()
    {
        // The request waits at a proxy for longer than the test.
        await using FaultRig rig = await FaultRig.StartAsync("late-commit:600000");
        Task run = rig.Begin();
        await rig.Time.WaitsAsync(TimeSpan.FromMinutes(10));

        await rig.KillAsync(run);

        rig.Shows("sending", "sending", "sending the request to Flip", attempts: 1, lastOutcome: null);
        rig.Keeps(unknownTries: 1);
        await rig.ComesAfterAsync(rig.Begin(), Jitter);
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Fact]
    public async Task A_SIGKILL_during_a_back_off_begins_a_new_one()
    {
        await using FaultRig rig = await FaultRig.StartAsync("drop-after-commit");
        await rig.TryAsync();

        await rig.KillAsync();

        rig.Shows("queued", "transient", "was lost before an answer came", attempts: 1, "transient");
        rig.Keeps(unknownTries: 1, sites: 1);
        await rig.ComesAfterAsync(rig.Begin(), Jitter);
        rig.IsCommissioned(attempts: 1, byAsking: true);
    }

    [Fact]
    public async Task A_SIGKILL_during_a_Retry_After_keeps_to_what_is_left_of_it()
    {
        await using FaultRig rig = await FaultRig.StartAsync("429:600");
        await rig.TryAsync();
        TimeSpan whole = rig.Status.NextAttemptAt!.Value - SendingRig.Start;
        rig.Time.Advance(TimeSpan.FromMinutes(4));

        await rig.KillAsync();

        rig.Shows("queued", "throttled", "HTTP 429", attempts: 1, "throttled");
        rig.Keeps(unknownTries: 0, askedToWait: true);
        await rig.ComesAfterAsync(rig.Begin(), whole - TimeSpan.FromMinutes(4) + Jitter);
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Theory]
    [InlineData(-1, 24)]
    [InlineData(30, 0)]
    public async Task A_clock_that_is_years_off_after_a_restart_can_make_a_Retry_After_a_day_at_most_and_none_at_least(int years, int hours)
    {
        await using FaultRig rig = await FaultRig.StartAsync("429:600", built: SendingRig.Start.AddYears(-2));
        await rig.TryAsync();
        await rig.KillAsync();
        rig.SetClock(SendingRig.Start.AddYears(years));

        await rig.ComesAfterAsync(rig.Begin(), TimeSpan.FromHours(hours) + Jitter);

        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Fact]
    public async Task A_gateway_that_starts_in_1970_measures_what_is_left_of_a_Retry_After_once_its_clock_is_set()
    {
        await using FaultRig rig = await FaultRig.StartAsync("429:600");
        await rig.TryAsync();
        DateTimeOffset due = rig.Status.NextAttemptAt!.Value;
        await rig.KillAsync();
        rig.SetClock(DateTimeOffset.UnixEpoch);
        Task run = rig.Begin();
        rig.Shows("queued", "clock", "waiting for the clock", attempts: 1, "throttled");

        rig.SetClock(SendingRig.Start.AddMinutes(1));
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        TimeSpan left = due - rig.Time.GetUtcNow() + Jitter;
        await rig.Time.WaitsAsync(left);

        await rig.ComesAfterAsync(run, left);
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }
}
