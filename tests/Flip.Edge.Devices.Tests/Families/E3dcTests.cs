using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class E3dcTests
{
    [Fact]
    public async Task It_tells_who_it_is_and_no_rating()
    {
        Nameplate read = await FamilyDevice.ReadAsync("e3dc");

        Assert.Equal(("E3/DC GmbH", "S10 X COMPACT", "S10-412304170021", "S10_2026_04"),
            (read.Manufacturer.Value, read.Model.Value, read.SerialNumber.Value, read.Firmware.Value));
        Assert.Equal(["CapacityWh", "MaxChargeW", "MaxDischargeW"], MissingField.Of(read).Select(field => field.Override));
        Assert.Contains("type plate", read.CapacityWh.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kostal-plenticore")]
    [InlineData("fronius-gen24")]
    [InlineData("outback")]
    public async Task Another_makers_device_does_not_pass(string image) =>
        Assert.False(await FamilyDevice.PassesAsync(image, "e3dc"));
}
