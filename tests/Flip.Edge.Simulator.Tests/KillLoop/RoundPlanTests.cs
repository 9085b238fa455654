using Flip.Edge.KillLoop;
using Flip.Edge.KillLoop.Plans;
using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Simulator.Tests.KillLoop;

public class RoundPlanTests
{
    private static readonly Abilities New = new(TimeSpan.FromSeconds(1));

    [Fact]
    public void A_seed_is_always_the_same_plan_and_another_seed_another_one()
    {
        string once = Text(RoundPlan.Of(7, 10, New));
        Assert.Equal(once, Text(RoundPlan.Of(7, 10, New)));
        Assert.NotEqual(once, Text(RoundPlan.Of(8, 10, New)));
    }

    [Fact]
    public void Fifty_seeds_begin_with_every_fault_and_every_moment_of_a_kill()
    {
        RoundPlan[] plans = [.. new SeedRange(1, 50).Seeds.Select(seed => RoundPlan.Of(seed, 3, New))];
        Assert.Equal(
            FaultPlan.Kinds(New).Select(kind => $"{kind}").Order(StringComparer.Ordinal),
            plans.Select(plan => $"{plan.Faults.Faults[MockFaultContext.Commission][0]}").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetValues<KillMoment>().Order(), plans.SelectMany(plan => plan.Kills).Select(kill => kill.Moment).Distinct().Order());
        Assert.Equal(Enum.GetValues<MockCertificate>().Order(), plans.SelectMany(plan => plan.Certificates).Distinct().Order());
        Assert.All(plans, plan => Assert.Equal(3, plan.Kills.Count));
    }

    [Fact]
    public void Every_fault_that_the_cloud_can_make_is_used()
    {
        Assert.Empty(Enum.GetValues<MockFaultKind>().Except(FaultPlan.Kinds(New).Select(kind => kind.Kind)).Except([MockFaultKind.None]));
        Assert.Contains("late-commit:1300", FaultPlan.Kinds(New).Select(kind => $"{kind}"));
    }

    [Theory]
    [InlineData("7", 7, 7)]
    [InlineData("1-50", 1, 50)]
    public void A_range_of_seeds_is_read(string text, int first, int last)
    {
        Assert.True(SeedRange.TryParse(text, out SeedRange? range));
        Assert.Equal(new SeedRange(first, last), range);
    }

    [Theory]
    [InlineData("50-1")]
    [InlineData("1-2-3")]
    [InlineData("all")]
    public void What_is_no_range_is_refused(string text) => Assert.False(SeedRange.TryParse(text, out _));

    private static string Text(RoundPlan plan) =>
        $"{plan.Faults} {plan.IsSecure} {string.Join(' ', plan.Certificates)} {string.Join(' ', plan.DeviceOutages)} {string.Join(' ', plan.BrokerOutages)} {plan.PressAfter} {string.Join(' ', plan.Kills)}";
}
