using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class SungrowShTests
{
    [Fact]
    public async Task The_capacity_and_the_converters_rating_are_read_and_the_batterys_power_is_an_estimate()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("sungrow-sh");

        Assert.Equal("SH10RT", nameplate.Model.Value);
        Assert.Equal("SAPPHIRE-H_03011.95.01", nameplate.Firmware.Value);
        Assert.Equal(12_800m, nameplate.CapacityWh.Value);
        Assert.Equal(FieldKind.Rated, nameplate.CapacityWh.Kind);
        Assert.Equal(10_600m, nameplate.Limits.InverterChargeW.Value);
        Assert.Equal(7_680m, nameplate.Limits.BatteryChargeW.Value);
        Assert.Contains("estimate", nameplate.Warnings(nameof(NameplateOverrides.MaxChargeW)));
    }

    [Fact]
    public async Task A_capacity_on_the_dongles_other_scale_is_not_believed()
    {
        // 960 was 9.6 kWh there; by the document it would be 96 kWh.
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("sungrow-sh-winet");

        Assert.Equal(FieldState.Invalid, nameplate.CapacityWh.State);
        Assert.Contains(MissingField.Of(nameplate), field => field.Override == nameof(NameplateOverrides.CapacityWh));
    }

    [Fact]
    public async Task The_old_firmwares_capacity_is_shown_and_a_person_has_to_confirm_it()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("sungrow-sh-old-firmware");

        Assert.Equal(9_600m, nameplate.CapacityWh.Value);
        Assert.Equal(FieldState.NotImplemented, nameplate.MaxChargeW.State);
        Assert.Contains("unsure", nameplate.Warnings(nameof(NameplateOverrides.CapacityWh)));
    }

    [Fact]
    public async Task The_0_amperes_of_a_full_battery_are_no_rating()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("sungrow-sh-full");

        // The converter's 10.6 kW are not the battery's, and nobody would have been asked.
        Assert.Equal(FieldState.NotImplemented, nameplate.MaxChargeW.State);
        Assert.Contains(MissingField.Of(nameplate), field => field.Override == nameof(NameplateOverrides.MaxChargeW));
        Assert.Equal(7_920m, nameplate.Limits.BatteryDischargeW.Value);
    }

    [Fact]
    public async Task Zeros_of_an_inverter_without_a_battery_are_never_a_battery()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("sungrow-sh-no-battery");

        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Equal(FieldState.NotImplemented, nameplate.MaxDischargeW.State);
        Assert.Contains("WiNet-S", nameplate.CapacityWh.Reason, StringComparison.Ordinal);
    }
}
