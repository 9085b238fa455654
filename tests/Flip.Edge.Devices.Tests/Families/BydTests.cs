using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class BydTests
{
    [Theory]
    [InlineData("byd-bmu", 10_240, "Battery-Box Premium HVS")]
    [InlineData("byd-bmu-hvm-two-towers", 27_600, "Battery-Box Premium HVM")]
    [InlineData("byd-bmu-lvs", 12_000, "Battery-Box Premium LVS")]
    public async Task Towers_times_modules_times_the_size_of_a_module_is_the_capacity(string image, int capacityWh, string model)
    {
        Nameplate read = await PlayedDevice.ReadAsync(image);

        Assert.Equal((capacityWh, FieldKind.Rated), (read.CapacityWh.Value, read.CapacityWh.Kind));
        Assert.Equal(model, read.Model.Value);
    }

    [Fact]
    public async Task The_x_that_stands_behind_the_serial_number_is_no_part_of_it() =>
        Assert.Equal("P030T020Z2308311111", (await PlayedDevice.ReadAsync("byd-bmu")).SerialNumber.Value);

    [Fact]
    public async Task Modules_of_an_unknown_type_have_no_size_and_the_code_is_named()
    {
        Nameplate read = await PlayedDevice.ReadAsync("byd-bmu-unknown-type");

        Assert.Equal(FieldState.NotImplemented, read.CapacityWh.State);
        Assert.Contains("9", read.CapacityWh.Reason, StringComparison.Ordinal);
    }
}
