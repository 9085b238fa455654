using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class KostalPlenticoreTests
{
    [Theory]
    [InlineData("kostal-plenticore")]
    [InlineData("kostal-plenticore-big-endian")]
    public async Task The_nameplate_is_the_same_in_both_byte_orders(string image)
    {
        Nameplate read = await FamilyDevice.ReadAsync(image);

        Assert.Equal((10_240m, 5700m, 6100m), (read.CapacityWh.Value, read.MaxChargeW.Value, read.MaxDischargeW.Value));
        Assert.Equal(("KOSTAL", "PLENTICORE plus", "90523TD90417R"), (read.Manufacturer.Value, read.Model.Value, read.SerialNumber.Value));
        Assert.Equal(8500m, read.Limits.InverterRatedW.Value);
    }

    [Fact]
    public async Task Firmware_that_lacks_the_newer_registers_tells_its_capacity_and_the_powers_are_asked()
    {
        Nameplate read = await FamilyDevice.ReadAsync("kostal-plenticore-old");

        Assert.Equal(10_240m, read.CapacityWh.Value);
        Assert.Equal(["MaxChargeW", "MaxDischargeW"], MissingField.Of(read).Select(field => field.Override));
        Assert.Contains("firmware 1.44", read.MaxChargeW.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inverter_without_a_battery_says_so()
    {
        Nameplate read = await FamilyDevice.ReadAsync("kostal-plenticore-no-battery");

        Assert.Equal(FieldState.NotImplemented, read.CapacityWh.State);
        Assert.Contains("tells no battery", read.CapacityWh.Reason, StringComparison.Ordinal);
        Assert.Equal("90523TD90417R", read.SerialNumber.Value);
    }

    [Theory]
    [InlineData("e3dc")]
    [InlineData("solaredge")]
    public async Task Another_makers_device_does_not_pass(string image) =>
        Assert.False(await FamilyDevice.PassesAsync(image, "kostal-plenticore"));
}
