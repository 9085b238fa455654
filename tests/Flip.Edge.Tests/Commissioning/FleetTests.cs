using Flip.Edge.Configuration;
using Flip.Edge.Fleet;

namespace Flip.Edge.Tests.Commissioning;

/// <summary>The bars of docs/retry.md, with the daemon's own retry code, in virtual time.</summary>
public sealed class FleetTests
{
    private static readonly RetrySettings Settings = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15));

    private static FleetResult Run(Crowd crowd, int seed = 1) => FleetRun.Of(crowd, DaemonPacing.With(Settings), seed);

    [Fact]
    public void A_hundred_thousand_gateways_are_through_in_1_5_of_the_ideal_time_and_none_is_starved()
    {
        FleetResult result = Run(new("power returns", 100_000, Load.PerSecond));

        Assert.Equal(100_000, result.Served.Sum());
        Assert.InRange(result.Ratio, 1, 1.5);
        Assert.InRange(result.MostRequests, 1, 35);
        Assert.InRange(result.MeanRequests, 1, 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Ten_thousand_gateways_are_through_in_1_5_of_the_ideal_time_whatever_the_chance(int seed)
    {
        FleetResult result = Run(new("power returns", 10_000, Load.PerSecond), seed);

        Assert.InRange(result.Ratio, 1, 1.5);
        Assert.InRange(result.MostRequests, 1, 15);
    }

    [Fact]
    public void A_quota_for_the_minute_and_its_end_as_Retry_After_are_met_as_well()
    {
        Load minute = new(12_000, 60);

        Assert.InRange(Run(new("minute", 50_000, minute)).Ratio, 0.8, 1.5);
        Assert.InRange(Run(new("minute, hint", 50_000, minute with { Hint = Hint.EndOfPeriod })).Ratio, 0.8, 1.5);
    }

    [Fact]
    public void Two_requests_each_are_met_as_well()
    {
        Assert.InRange(Run(new("two", 20_000, Load.PerSecond, RequestsEach: 2)).Ratio, 1, 1.5);
    }

    [Fact]
    public void After_an_hour_of_outage_the_last_gateway_notices_within_the_cap()
    {
        FleetResult result = Run(new("away", 20_000, Load.PerSecond, AwaySeconds: 3600));

        Assert.InRange(result.Seconds, result.Crowd.Ideal, 900 + (1.5 * result.Crowd.Ideal));
        Assert.InRange(result.Peak, 1, 200);
    }

    [Fact]
    public void A_small_fleet_is_spread_over_half_a_minute_and_meets_no_refusal()
    {
        FleetResult result = Run(new("power returns", 1_000, Load.PerSecond));

        Assert.InRange(result.Seconds, 25, 31);
        Assert.Equal(1, result.MostRequests);
    }
}
