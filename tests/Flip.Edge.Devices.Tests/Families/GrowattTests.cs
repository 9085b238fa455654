using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class GrowattTests
{
    [Fact]
    public async Task The_new_map_tells_powers_and_a_capacity_that_is_worked_out_from_its_modules_is_an_estimate()
    {
        Nameplate read = await PlayedDevice.ReadAsync("growatt-vpp");

        Assert.Equal((10_240m, FieldKind.Estimated), (read.CapacityWh.Value, read.CapacityWh.Kind));
        Assert.Equal((4600m, 5000m), (read.Limits.BatteryChargeW.Value, read.Limits.BatteryDischargeW.Value));
        Assert.Equal((5000m, 5000m), (read.Limits.InverterChargeW.Value, read.Limits.InverterDischargeW.Value));
        Assert.Equal(6000m, read.Limits.InverterRatedW.Value);
        Assert.Equal("MIN 2500-6000TL-XH", read.Model.Value);
    }

    [Fact]
    public async Task Whether_the_allowed_charge_power_is_a_rating_nobody_knows_so_a_person_confirms_it()
    {
        Nameplate read = await PlayedDevice.ReadAsync("growatt-vpp");

        Assert.Contains(read.Warnings, warning => warning is { Code: "unsure", NeedsPerson: true });
    }

    [Fact]
    public async Task A_battery_that_is_not_there_reads_0_and_is_not_taken_for_one_of_0_Wh()
    {
        Nameplate read = await PlayedDevice.ReadAsync("growatt-vpp-no-battery");

        Assert.Equal(FieldState.NotImplemented, read.CapacityWh.State);
        Assert.Equal(FieldState.NotImplemented, read.Limits.BatteryChargeW.State);
        Assert.Contains("label", read.CapacityWh.Reason, StringComparison.Ordinal);
        Assert.Equal("SMN4D2300K", read.SerialNumber.Value);
    }

    [Fact]
    public async Task A_model_that_refuses_the_battery_registers_is_read_without_them()
    {
        Nameplate read = await PlayedDevice.ReadAsync("growatt-vpp-wit-100k");

        Assert.Equal((100_000m, 110_000m), (read.Limits.InverterRatedW.Value, read.Limits.InverterChargeW.Value));
        Assert.Equal(FieldState.NotImplemented, read.CapacityWh.State);
    }

    [Fact]
    public async Task Firmware_that_knows_its_type_and_not_the_protocol_is_no_device_of_the_new_map()
    {
        AnchorVerdict verdict = await PlayedDevice.Of("growatt-legacy-mod-xh", "growatt-vpp").CheckAsync();

        Assert.False(verdict.Holds);
        Assert.True(verdict.Answered);
        Assert.Contains("30099", verdict.Sentence, StringComparison.Ordinal);
        Assert.True((await PlayedDevice.Of("growatt-legacy-mod-xh").CheckAsync()).Holds);
    }

    [Theory]
    [InlineData("growatt-legacy", "NKC6E1100X", 5000)]
    [InlineData("growatt-legacy-mod-xh", "LRP0F18005B12345", 10_000)]
    [InlineData("growatt-legacy-spa", "TGB0A9300C", 3000)]
    public async Task The_old_map_tells_the_longest_serial_number_and_the_rating_and_nothing_of_the_battery(string image, string serial, int ratedW)
    {
        Nameplate read = await PlayedDevice.ReadAsync(image);

        Assert.Equal(serial, read.SerialNumber.Value);
        Assert.Equal(ratedW, read.Limits.InverterRatedW.Value);
        Assert.False(read.CapacityWh.IsPresent);
        Assert.False(read.MaxChargeW.IsPresent);
    }

    [Fact]
    public async Task An_off_grid_inverter_that_a_read_of_30000_resets_is_known_before_anything_reads_30000()
    {
        PlayedDevice spf = PlayedDevice.Of("growatt-spf");

        Assert.True((await spf.CheckAsync()).Holds);
        Nameplate read = await spf.ReadAsync();

        Assert.Equal("JNK1CDR0KQ", read.SerialNumber.Value);
        Assert.All(spf.Asked, request => Assert.True(request.Address + request.Count < 30_000, $"{request}"));
        Assert.Equal("growatt-spf", ProfileCatalog.Embedded.InProbeOrder
            .First(profile => profile.Name == "growatt-spf" || profile.Points.Values.Any(point => point.Address is >= 30_000 and < 32_000)).Name);
        Assert.False((await PlayedDevice.Of("growatt-spf", "growatt-legacy").CheckAsync()).Holds);
    }
}
