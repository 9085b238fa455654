using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Commissioning.Faults;

/// <summary>A gateway without a battery-backed clock: its wall clock jumps by years, and its waits do not.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task A_certificate_that_is_not_yet_valid_is_put_down_to_the_clock_and_nothing_is_sent()
    {
        await using FaultRig rig = await FaultRig.StartAsync(options: new()
        {
            Certificates = new(SendingRig.Start),
            CertificateOf = connection => connection == 1 ? MockCertificate.NotYetValid : MockCertificate.Good,
        });

        await rig.TryAsync();

        rig.Shows("queued", "clock", "The gateway's clock is behind, so nothing was sent: get the time through (NTP); it tries again by itself.", attempts: 1, "transient");
        Assert.Contains("valid from 2027-11-23T12:00:00Z, and the gateway's clock says 2026-11-23T12:00:00Z", rig.Status.Reason, StringComparison.Ordinal);
        rig.Keeps(unknownTries: 0);
        Assert.Empty(rig.Cloud.Ledger.Calls);
        await rig.NextTryComesAfterAsync(0.5);
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Fact]
    public async Task A_clock_that_is_years_behind_is_named_and_once_NTP_has_set_it_the_next_try_arrives()
    {
        await using FaultRig rig = await FaultRig.StartAsync(options: new() { Certificates = new(SendingRig.Start) }, built: SendingRig.Start.AddYears(-4));
        rig.SetClock(SendingRig.Start.AddYears(-3));

        await rig.TryAsync();

        rig.Shows("queued", "clock", "the gateway's clock says 2023-11-23T12:00:00Z", attempts: 1, "transient");
        rig.Keeps(unknownTries: 0);
        Assert.Equal(SendingRig.Start.AddYears(-3).AddSeconds(0.5), rig.Status.NextAttemptAt);
        Task next = rig.Begin();
        rig.SetClock(SendingRig.Start);
        await rig.ComesAfterAsync(next, TimeSpan.FromSeconds(0.5));
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Fact]
    public async Task Before_the_day_of_the_build_nothing_is_tried_and_it_goes_on_within_5_s_of_the_clock_being_set()
    {
        await using FaultRig rig = await FaultRig.StartAsync();
        rig.SetClock(DateTimeOffset.UnixEpoch);

        Task run = rig.Begin();

        rig.Shows("queued", "clock", "waiting for the clock: it shows a time before this software was built", attempts: 0, lastOutcome: null);
        rig.Keeps(unknownTries: 0);
        Assert.Null(rig.Status.NextAttemptAt);
        rig.SetClock(SendingRig.Start);
        await rig.ComesAfterAsync(run, TimeSpan.FromSeconds(5));
        rig.IsCommissioned(attempts: 1, byAsking: false);
    }

    [Theory]
    [InlineData("503", 0.5, 30)]
    [InlineData("503", 0.5, -30)]
    [InlineData("429:30", 45, 30)]
    [InlineData("429:30", 45, -30)]
    public async Task A_jump_of_years_during_a_wait_neither_hurries_nor_stalls_it(string fault, double seconds, int years)
    {
        await using FaultRig rig = await FaultRig.StartAsync(fault);
        await rig.TryAsync();

        Task next = rig.Begin();
        rig.SetClock(SendingRig.Start.AddYears(years));

        await rig.ComesAfterAsync(next, TimeSpan.FromSeconds(seconds));
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public async Task A_jump_of_years_during_a_try_neither_hurries_nor_stalls_its_time_out(int years)
    {
        await using FaultRig rig = await FaultRig.StartAsync("delay:60000");
        Task run = rig.Begin();
        await rig.Time.WaitsAsync(TimeSpan.FromMinutes(1));

        rig.SetClock(SendingRig.Start.AddYears(years));

        await rig.EndsAfterAsync(run, TimeSpan.FromSeconds(30));
        rig.Shows("queued", "transient", "no answer within 30 s", attempts: 1, "transient");
    }
}
