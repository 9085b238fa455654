using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Simulator.Devices.Families;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class SolaXTests
{
    [Theory]
    [InlineData("solax", 11_520, 5000)]
    [InlineData("solax-two-stacks", 92_160, 15_000)]
    public async Task The_capacity_comes_low_word_first_and_is_a_rating(string image, int capacityWh, int ratedW)
    {
        Nameplate read = await PlayedDevice.ReadAsync(image);

        Assert.Equal((capacityWh, FieldKind.Rated), (read.CapacityWh.Value, read.CapacityWh.Kind));
        Assert.Equal(ratedW, read.Limits.InverterRatedW.Value);
        Assert.Equal("solax", read.Manufacturer.Value);
    }

    [Fact]
    public async Task Amperes_times_volts_are_an_estimate()
    {
        Nameplate read = await PlayedDevice.ReadAsync("solax");

        Assert.Equal((5760m, FieldKind.Estimated), (read.Limits.BatteryChargeW.Value, read.Limits.BatteryChargeW.Kind));
        Assert.Equal((6912m, FieldKind.Estimated), (read.Limits.BatteryDischargeW.Value, read.Limits.BatteryDischargeW.Kind));
    }

    [Fact]
    public async Task Without_a_battery_management_nothing_is_0()
    {
        Nameplate read = await PlayedDevice.ReadAsync("solax-no-battery");

        Assert.Equal(FieldState.NotImplemented, read.CapacityWh.State);
        Assert.Equal(FieldState.NotImplemented, read.Limits.BatteryChargeW.State);
    }

    [Fact]
    public async Task Generation_2_has_the_same_texts_and_other_scales_and_is_refused() =>
        Assert.False((await PlayedDevice.Of(SolaX.GenerationTwo(), "solax").CheckAsync()).Holds);
}
