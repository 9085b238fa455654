using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P21_GhostBattery;

/// <summary>
/// A second battery that is the first one seen twice: a number that may count a battery twice, or one of two, is asked of a person.
/// https://github.com/nmakel/solaredge_modbus/issues/15
/// </summary>
public sealed class SecondSunSpecModelTests
{
    [Fact]
    public async Task A_capacity_model_that_is_there_twice_is_asked_of_a_person()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("two-713", "hybrid-7xx");

        Assert.Equal(10_000m, nameplate.CapacityWh.Value);
        NameplateWarning question = Assert.Single(nameplate.Warnings, warning => warning.NeedsPerson);
        Assert.Equal("CapacityWh", question.Override);
        Assert.Contains("model 713 2 times", question.Sentence, StringComparison.Ordinal);
    }
}
