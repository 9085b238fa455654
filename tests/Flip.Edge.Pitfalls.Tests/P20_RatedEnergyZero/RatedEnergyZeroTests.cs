using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P20_RatedEnergyZero;

/// <summary>
/// The rated energy reads 0 after a firmware update, while all else works: 0 is no rating, and a person may type it.
/// https://github.com/WillCodeForCats/solaredge-modbus-multi/issues/961
/// </summary>
public sealed class RatedEnergyZeroTests
{
    [Theory]
    [InlineData("hybrid")]
    [InlineData("hybrid-7xx")]
    [InlineData("two-batteries")]
    public async Task A_rated_energy_of_0_is_invalid_and_the_rest_stays(string image)
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("rated-energy-zero", image);

        HostileSunSpec.AssertInvalid(nameplate.CapacityWh, "nothing is rated at 0");
        Assert.True(nameplate.MaxChargeW.IsPresent);
        MissingField missing = Assert.Single(MissingField.Of(nameplate));
        Assert.Equal("CapacityWh", missing.Override);
    }

    [Fact]
    public async Task What_a_person_types_stands_in_its_place_and_is_marked_as_typed()
    {
        Nameplate nameplate = new NameplateOverrides { CapacityWh = 15_000 }.ApplyTo(await HostileSunSpec.ReadAsync("rated-energy-zero"));

        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
        Assert.Equal(FieldKind.Typed, nameplate.CapacityWh.Kind);
        Assert.Empty(MissingField.Of(nameplate));
    }

    [Fact]
    public async Task A_battery_that_tells_nothing_but_0_is_not_replaced_by_its_inverter()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("battery-ratings-zero");

        HostileSunSpec.AssertInvalid(nameplate.CapacityWh, "nothing is rated at 0");
        HostileSunSpec.AssertInvalid(nameplate.MaxChargeW, "nothing is rated at 0");
        HostileSunSpec.AssertInvalid(nameplate.MaxDischargeW, "nothing is rated at 0");
    }
}
