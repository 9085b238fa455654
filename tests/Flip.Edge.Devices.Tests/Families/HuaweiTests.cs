using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Simulator.Devices.Families;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class HuaweiTests
{
    [Fact]
    public async Task One_storage_unit_tells_its_ratings()
    {
        Nameplate read = await PlayedDevice.ReadAsync("huawei-sun2000");

        Assert.Equal((10_000m, 5000m, 5000m), (read.CapacityWh.Value, read.MaxChargeW.Value, read.MaxDischargeW.Value));
        Assert.Equal(8000m, read.Limits.InverterRatedW.Value);
        Assert.Equal("HV2170123456", read.SerialNumber.Value);
        Assert.Empty(read.Warnings);
    }

    [Fact]
    public async Task With_two_storage_units_the_rating_of_the_first_is_not_taken_for_that_of_both()
    {
        Nameplate read = await PlayedDevice.ReadAsync("huawei-sun2000-two-units");

        Assert.Equal((30_000m, 10_000m), (read.CapacityWh.Value, read.Limits.BatteryChargeW.Value));
        Assert.Empty(read.Warnings);
    }

    [Fact]
    public async Task Behind_a_dongle_it_answers_to_unit_0()
    {
        PlayedDevice device = PlayedDevice.Of("huawei-sun2000-unit-0");

        Assert.Equal(0, device.Unit);
        Assert.Equal(10_000m, (await device.ReadAsync()).CapacityWh.Value);
    }

    [Fact]
    public async Task Without_a_storage_the_sentinels_are_no_65535_kWh_and_the_sentence_says_that_none_is_connected()
    {
        Nameplate read = await PlayedDevice.ReadAsync("huawei-sun2000-no-storage");

        Assert.Equal(FieldState.NotImplemented, read.CapacityWh.State);
        Assert.Contains("no storage is connected", read.CapacityWh.Reason, StringComparison.Ordinal);
        Assert.Equal(FieldState.NotImplemented, read.Limits.BatteryChargeW.State);
    }

    [Fact]
    public async Task An_EMMA_is_no_inverter()
    {
        AnchorVerdict verdict = await PlayedDevice.Of(Huawei.Emma(), "huawei-sun2000").CheckAsync();

        Assert.False(verdict.Holds);
        Assert.Contains("SmartHEMS", verdict.Sentence, StringComparison.Ordinal);
    }
}
