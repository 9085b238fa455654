using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Commissioning.Faults;

/// <summary>Flip answers, and does not want the request now, or not from us. None of that leaves a doubt whether it has the site.</summary>
public sealed class RefusalTests
{
    private const string Throttled = "Flip asks the gateway to wait before it tries again; it does so by itself. HTTP 429";

    // Half of the crowd's window, 30 s, is added to what Flip asks for; see docs/retry.md.
    [Theory]
    [InlineData("429:30")]
    [InlineData("429:date:30")]
    public async Task A_429_with_a_Retry_After_is_waited_out_and_the_jitter_added(string fault)
    {
        await using FaultRig rig = await FaultRig.StartAsync(fault);

        await rig.TryAsync();

        rig.Shows("queued", "throttled", Throttled, attempts: 1, "throttled");
        rig.Keeps(unknownTries: 0, askedToWait: true);
        await rig.NextTryComesAfterAsync(45);
        rig.IsCommissioned(attempts: 2, byAsking: false);
        Assert.DoesNotContain(rig.Cloud.Ledger.Calls, call => call.Path.Contains("auth", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_429_without_a_Retry_After_is_met_with_half_a_minute_of_jitter()
    {
        await using FaultRig rig = await FaultRig.StartAsync("429");

        await rig.TryAsync();

        rig.Shows("queued", "throttled", Throttled, attempts: 1, "throttled");
        rig.Keeps(unknownTries: 0);
        await rig.NextTryComesAfterAsync(7.5);
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Fact]
    public async Task A_Retry_After_with_a_date_is_counted_from_Flips_clock_when_the_gateways_is_months_ahead()
    {
        await using FaultRig rig = await FaultRig.StartAsync("429:date:30");
        rig.SetClock(SendingRig.Start.AddMonths(5));

        await rig.TryAsync();

        rig.Keeps(unknownTries: 0, askedToWait: true);
        await rig.NextTryComesAfterAsync(45);
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Fact]
    public async Task A_503_with_a_Retry_After_is_waited_out_and_then_asked_about()
    {
        await using FaultRig rig = await FaultRig.StartAsync("503:20");

        await rig.TryAsync();

        rig.Shows("queued", "transient", "HTTP 503", attempts: 1, "transient");
        rig.Keeps(unknownTries: 1, askedToWait: true);
        await rig.NextTryComesAfterAsync(20.5);
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Fact]
    public async Task A_Retry_After_is_waited_out_even_when_somebody_presses_again()
    {
        await using FaultRig rig = await FaultRig.StartAsync("429:30");
        await rig.TryAsync();

        Task next = rig.Begin();
        rig.Press();

        await rig.ComesAfterAsync(next, TimeSpan.FromSeconds(45));
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Fact]
    public async Task A_token_that_Flip_does_not_accept_needs_attention_and_one_that_is_put_in_place_is_used_on_the_next_try()
    {
        await using FaultRig rig = await FaultRig.StartAsync();
        rig.WriteToken("revoked-client-token");

        await rig.TryAsync();
        foreach ((int attempts, double seconds) in new[] { (1, 0.5), (2, 1), (3, 2) })
        {
            rig.Shows("attention", "unauthorized", "Flip did not accept the client token: replace it with a valid one. HTTP 401", attempts, "unauthorized");
            Assert.DoesNotContain("revoked-client-token", rig.Status.Reason, StringComparison.Ordinal);
            rig.Keeps(unknownTries: 0);
            if (attempts == 3) rig.WriteToken(new MockFlipCloudOptions().ClientToken);
            await rig.NextTryComesAfterAsync(seconds);
        }

        rig.IsCommissioned(attempts: 4, byAsking: false);
    }

    [Fact]
    public async Task A_token_file_that_is_empty_is_named_and_nothing_is_sent_until_it_is_filled()
    {
        await using FaultRig rig = await FaultRig.StartAsync();
        rig.WriteToken("");

        await rig.TryAsync();

        rig.Shows("attention", "unauthorized", "The gateway has no usable client token for Flip: put it in place as the detail says.", attempts: 0, null);
        Assert.Contains("token is empty", rig.Status.Reason, StringComparison.Ordinal);
        Assert.Null(rig.Status.NextAttemptAt);
        rig.Keeps(unknownTries: 0);
        Assert.Empty(rig.Cloud.Ledger.Calls);
        rig.WriteToken(new MockFlipCloudOptions().ClientToken);
        await rig.TryAsync();
        rig.IsCommissioned(attempts: 1, byAsking: false);
    }

    [Fact]
    public async Task A_401_that_passes_is_no_reason_to_doubt_what_Flip_has()
    {
        await using FaultRig rig = await FaultRig.StartAsync("401");

        await rig.TryAsync();

        rig.Shows("attention", "unauthorized", "HTTP 401", attempts: 1, "unauthorized");
        rig.Keeps(unknownTries: 0);
        await rig.NextTryComesAfterAsync(0.5);
        rig.IsCommissioned(attempts: 2, byAsking: false);
        Assert.DoesNotContain(rig.Cloud.Ledger.Calls, call => call.Path.Contains("auth", StringComparison.Ordinal));
    }
}
