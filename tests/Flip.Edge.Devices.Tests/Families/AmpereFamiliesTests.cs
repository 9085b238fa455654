using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Families;

/// <summary>Families that tell their battery in amperes and ampere-hours at most: Solis, Sofar, SAJ, FoxESS.</summary>
public sealed class AmpereFamiliesTests
{
    [Theory]
    [InlineData("solis", null, 2560, 5120)]
    [InlineData("sofar-g3", 10_240, 10_240, 10_240)]
    [InlineData("saj", null, 4096, 5120)]
    public async Task What_is_worked_out_is_an_estimate_and_nothing_of_it_is_a_rating(string image, int? capacityWh, int chargeW, int dischargeW)
    {
        Nameplate read = await PlayedDevice.ReadAsync(image);

        Assert.Equal(capacityWh is not null, read.CapacityWh.IsPresent);
        if (capacityWh is { } wh) Assert.Equal((wh, FieldKind.Estimated), (read.CapacityWh.Value, read.CapacityWh.Kind));
        Assert.Equal((chargeW, FieldKind.Estimated), (read.Limits.BatteryChargeW.Value, read.Limits.BatteryChargeW.Kind));
        Assert.Equal((dischargeW, FieldKind.Estimated), (read.Limits.BatteryDischargeW.Value, read.Limits.BatteryDischargeW.Kind));
        Assert.Contains(read.Warnings, warning => warning is { Code: "estimate", NeedsPerson: true, Override: "MaxChargeW" });
    }

    [Theory]
    [InlineData("solis-no-bms")]
    [InlineData("saj-h1")]
    public async Task Without_amperes_nothing_is_worked_out(string image)
    {
        Nameplate read = await PlayedDevice.ReadAsync(image);

        Assert.Equal(FieldState.NotImplemented, read.Limits.BatteryChargeW.State);
        Assert.True(read.SerialNumber.IsPresent);
    }

    [Fact]
    public async Task A_Solis_that_packs_its_serial_number_into_digits_is_recognised_and_its_serial_number_asked()
    {
        PlayedDevice device = PlayedDevice.Of("solis-digits-serial");

        Assert.True((await device.CheckAsync()).Holds);
        Nameplate read = await device.ReadAsync();

        Assert.Equal(FieldState.Invalid, read.SerialNumber.State);
        Assert.Contains(MissingField.Of(read), field => field.Override == "SerialNumber");
    }

    [Fact]
    public async Task A_Sofar_serial_number_that_goes_on_elsewhere_is_not_taken_for_the_whole()
    {
        Nameplate read = await PlayedDevice.ReadAsync("sofar-g3-long-serial");

        Assert.Equal(FieldState.NotImplemented, read.SerialNumber.State);
        Assert.Contains("two pieces", read.SerialNumber.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("foxess-h1", "H1-5.0-E")]
    [InlineData("foxess-h3", "H3-10.0-E")]
    public async Task The_energy_that_is_left_divided_by_the_state_of_charge_is_an_estimate(string image, string model)
    {
        Nameplate read = await PlayedDevice.ReadAsync(image);

        Assert.Equal((10_400m, FieldKind.Estimated), (read.CapacityWh.Value, read.CapacityWh.Kind));
        Assert.Equal(model, read.Model.Value);
    }

    [Theory]
    [InlineData("foxess-h1-lan")]
    [InlineData("foxess-h1-nearly-empty")]
    [InlineData("foxess-g2")]
    public async Task A_FoxESS_that_does_not_tell_enough_gets_no_capacity(string image) =>
        Assert.Equal(FieldState.NotImplemented, (await PlayedDevice.ReadAsync(image)).CapacityWh.State);
}
