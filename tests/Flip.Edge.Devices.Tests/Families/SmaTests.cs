using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class SmaTests
{
    [Theory]
    [InlineData("sma", "SBS5.0-US-10", "3004123456", 9_800, 5_000)]
    [InlineData("sma-hybrid", "STP10.0-3SE-40", "3015987654", 12_800, 10_000)]
    [InlineData("sma-shifted", "SBS5.0-US-10", "3004123458", 9_800, 5_000)]
    public async Task Everything_that_Flip_needs_is_told_also_where_the_whole_map_is_shifted(string image, string model, string serial, int capacityWh, int chargeW)
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync(image);

        Assert.Equal("SMA", nameplate.Manufacturer.Value);
        Assert.Equal(model, nameplate.Model.Value);
        Assert.Equal(serial, nameplate.SerialNumber.Value);
        Assert.Equal(capacityWh, nameplate.CapacityWh.Value);
        Assert.Equal(chargeW, nameplate.MaxChargeW.Value);
        Assert.Equal(chargeW, nameplate.MaxDischargeW.Value);
    }

    [Fact]
    public async Task A_hybrids_converter_that_is_greater_than_its_inverter_counts_as_the_inverter()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("sma-hybrid");

        Assert.Equal(10_600m, nameplate.Limits.BatteryDischargeW.Value);
        Assert.Equal(LimitingPart.Inverter, nameplate.Limits.DischargeLimitedBy);
    }

    [Fact]
    public async Task A_code_that_no_list_has_is_named_for_the_person_who_types_the_model()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("sma-unknown-model");

        Assert.Equal(FieldState.NotImplemented, nameplate.Model.State);
        Assert.Contains("19999", nameplate.Model.Reason, StringComparison.Ordinal);
        Assert.Equal(9_800m, nameplate.CapacityWh.Value);
    }

    [Fact]
    public async Task An_inverter_that_can_not_tell_its_code_yet_sleeps()
    {
        DeviceNotReadableException asleep = await Assert.ThrowsAsync<DeviceNotReadableException>(() => SimulatedFamilies.ReadAsync("sma-asleep"));

        Assert.Contains("sleeps", asleep.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sma-pv-only")]
    [InlineData("sma-pv-refusing")]
    public async Task A_solar_inverter_has_no_battery_whether_it_says_none_or_refuses(string image)
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync(image);

        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Equal(FieldState.NotImplemented, nameplate.MaxChargeW.State);
        Assert.Equal(7_680m, nameplate.Limits.InverterRatedW.Value);
    }
}
