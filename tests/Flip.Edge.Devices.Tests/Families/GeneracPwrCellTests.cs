using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class GeneracPwrCellTests
{
    [Fact]
    public async Task The_battery_is_found_by_the_Beacons_directory()
    {
        Nameplate read = await FamilyDevice.ReadAsync("generac-pwrcell");

        Assert.Equal((9000m, 3400m, 4500m), (read.CapacityWh.Value, read.MaxChargeW.Value, read.MaxDischargeW.Value));
        Assert.Equal(("Generac", "REbus Beacon", "0001001204C7"), (read.Manufacturer.Value, read.Model.Value, read.SerialNumber.Value));
        BatteryNameplate battery = Assert.Single(read.Batteries);
        Assert.Equal(("PWRcell Battery", "0001000800A1"), (battery.Model.Value, battery.SerialNumber.Value));
    }

    [Fact]
    public async Task Two_batteries_add_up()
    {
        Nameplate read = await FamilyDevice.ReadAsync("generac-pwrcell-two");

        Assert.Equal((27_000m, 10_100m, 13_500m), (read.CapacityWh.Value, read.MaxChargeW.Value, read.MaxDischargeW.Value));
        Assert.Equal(2, read.Batteries.Count);
    }

    [Fact]
    public async Task A_battery_that_answers_at_two_unit_ids_counts_once()
    {
        Nameplate read = await FamilyDevice.ReadAsync("generac-pwrcell-listed-twice");

        Assert.Equal(9000m, read.CapacityWh.Value);
        Assert.Single(read.Batteries);
    }

    [Fact]
    public async Task A_battery_without_ratings_is_asked_of_a_person()
    {
        Nameplate read = await FamilyDevice.ReadAsync("generac-pwrcell-unrated");

        Assert.False(read.CapacityWh.IsPresent);
        Assert.False(read.MaxChargeW.IsPresent);
        Assert.Equal(["CapacityWh", "MaxChargeW", "MaxDischargeW"], MissingField.Of(read).Select(field => field.Override));
    }
}
