using Flip.Edge.Commissioning;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Monitoring;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile;
using Flip.Edge.Simulator.Hostile.Data;

namespace Flip.Edge.Tests.Monitoring;

public sealed class NameplateDriftTests
{
    private static readonly CommissionedDevice Commissioned = new("device", "123456789", 15_000, 6000, 7500);

    [Fact]
    public async Task A_device_that_still_says_what_was_commissioned_has_not_drifted() =>
        Assert.Empty(NameplateDrift.Of(Commissioned, await ReadAsync(behaviour: null)));

    [Fact]
    public async Task A_capacity_that_can_not_be_read_any_more_is_told_and_what_was_commissioned_stays()
    {
        NameplateWarning drift = Assert.Single(NameplateDrift.Of(Commissioned, await ReadAsync("rated-energy-zero")));

        Assert.Equal("drift", drift.Code);
        Assert.False(drift.NeedsPerson);
        Assert.Contains("nothing is rated at 0", drift.Sentence, StringComparison.Ordinal);
        Assert.Contains("the 15000 Wh that were commissioned stay", drift.Sentence, StringComparison.Ordinal);
    }

    private static async Task<Nameplate> ReadAsync(string? behaviour)
    {
        SimulatedDevice device = new(DeviceImages.Find("hybrid")!.CreateMap(), DeviceWire.Tcp);
        await using BankClient client = new(behaviour is null ? device : ((DataBehaviour)Behaviours.Find(behaviour)!).Wrap(device));
        return (await new SunSpecNameplateReader(new InstantTime()).ReadAsync(client, 1, TestContext.Current.CancellationToken)).Nameplate;
    }
}
