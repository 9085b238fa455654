using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class SolarEdgeTests
{
    [Fact]
    public async Task Three_batteries_add_up_the_third_at_its_odd_place_and_the_inverter_limits_them()
    {
        Nameplate read = await FamilyDevice.ReadAsync("solaredge-three");

        Assert.Equal(29_100m, read.CapacityWh.Value);
        Assert.Equal(15_000m, read.Limits.BatteryChargeW.Value);
        Assert.Equal(11_400m, read.Limits.InverterRatedW.Value);
        Assert.Equal((11_400m, FieldKind.Limited), (read.MaxDischargeW.Value, read.MaxDischargeW.Kind));
        Assert.Equal(["23221A0B1C2D3E4F", "23221A0B1C2D3E50", "23221A0B1C2D3E51"], read.Batteries.Select(battery => battery.SerialNumber.Value));
    }

    [Fact]
    public async Task A_second_battery_of_which_there_are_only_texts_does_not_count()
    {
        Nameplate read = await FamilyDevice.ReadAsync("solaredge-phantom");

        Assert.Equal((9200m, 5650m), (read.CapacityWh.Value, read.Limits.BatteryChargeW.Value));
        // Continuous, not the lower peak; and cut to the inverter's 5000 W.
        Assert.Equal((8192m, 5000m), (read.Limits.BatteryDischargeW.Value, read.MaxDischargeW.Value));
        Assert.Equal("7E1234A5-01", Assert.Single(read.Batteries).SerialNumber.Value);
    }

    [Fact]
    public async Task A_block_that_repeats_the_first_battery_counts_once()
    {
        Nameplate read = await FamilyDevice.ReadAsync("solaredge-same-serial");

        Assert.Equal((9700m, 5000m), (read.CapacityWh.Value, read.MaxChargeW.Value));
        Assert.Single(read.Batteries);
    }

    [Fact]
    public async Task A_rated_energy_of_0_beside_powers_is_asked_of_a_person()
    {
        Nameplate read = await FamilyDevice.ReadAsync("solaredge-zero");

        Assert.Equal(FieldState.Invalid, read.CapacityWh.State);
        Assert.Contains(MissingField.Of(read), field => field.Override == "CapacityWh");
        Assert.Equal(5000m, read.MaxChargeW.Value);
    }

    [Fact]
    public async Task Battery_registers_that_were_not_opened_say_whom_to_ask_and_the_inverter_is_read_all_the_same()
    {
        Nameplate read = await FamilyDevice.ReadAsync("solaredge-closed");

        Assert.Equal("SE10K-RWS48BEN4", read.Model.Value);
        Assert.Equal(10_000m, read.Limits.InverterRatedW.Value);
        Assert.DoesNotContain(read.Warnings, warning => warning.Code == "conflict");
        Assert.False(read.CapacityWh.IsPresent);
        Assert.Contains("Modbus access to the power control and battery registers", read.CapacityWh.Reason, StringComparison.Ordinal);
        Assert.False(read.MaxChargeW.IsPresent);
    }

    [Fact]
    public async Task A_block_of_zeros_is_no_battery_and_no_sleep()
    {
        Nameplate read = await FamilyDevice.ReadAsync("solaredge-no-battery");

        Assert.Equal("7E0A4B17", read.SerialNumber.Value);
        Assert.Empty(read.Batteries);
        Assert.False(read.CapacityWh.IsPresent);
    }

    [Theory]
    [InlineData("kostal-plenticore")]
    [InlineData("fronius-gen24")]
    [InlineData("e3dc")]
    public async Task Another_makers_device_does_not_pass(string image) =>
        Assert.False(await FamilyDevice.PassesAsync(image, "solaredge"));
}
