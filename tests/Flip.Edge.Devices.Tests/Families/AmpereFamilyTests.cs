using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Families;

/// <summary>EG4, Deye, GoodWe and Victron tell amperes and ampere-hours: what is made of them is shown and never sent.</summary>
public sealed class AmpereFamilyTests
{
    [Theory]
    [InlineData("eg4-luxpower", 44_688, 10_640, 12_768)]
    [InlineData("eg4-luxpower-no-bms", 43_008, 12_800, 12_800)]
    [InlineData("deye-single-phase", 21_124, 5_281, 6_337.2)]
    [InlineData("deye-single-phase-no-bms", 15_843, 7_921.5, 7_921.5)]
    [InlineData("deye-three-phase-lv", 15_894, 8_476.8, 10_596)]
    [InlineData("deye-three-phase-lv-present-limits", 15_894, 7_947, 9_536.4)]
    [InlineData("deye-three-phase-lv-no-bms", 10_596, 6_357.6, 6_357.6)]
    [InlineData("deye-three-phase-hv", 40_960, 20_480, 20_480)]
    [InlineData("deye-three-phase-hv-no-bms", 40_960, 20_480, 20_480)]
    [InlineData("goodwe-et", 16_300.8, 6_367.5, 6_367.5)]
    [InlineData("goodwe-et-no-bms", 16_300.8, 6_367.5, 6_367.5)]
    [InlineData("victron-gx", 14_873.6, 10_624, 13_280)]
    public async Task Amperes_and_ampere_hours_make_estimates_that_a_person_has_to_confirm(
        string image, double capacityWh, double chargeW, double dischargeW)
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync(image);

        Assert.Equal((decimal)capacityWh, nameplate.CapacityWh.Value);
        Assert.Equal((decimal)chargeW, nameplate.Limits.BatteryChargeW.Value);
        Assert.Equal((decimal)dischargeW, nameplate.Limits.BatteryDischargeW.Value);
        Assert.All([nameplate.CapacityWh, nameplate.Limits.BatteryChargeW, nameplate.Limits.BatteryDischargeW], field => Assert.Equal(FieldKind.Estimated, field.Kind));
        Assert.All(
            [nameof(NameplateOverrides.CapacityWh), nameof(NameplateOverrides.MaxChargeW), nameof(NameplateOverrides.MaxDischargeW)],
            name => Assert.Contains("estimate", nameplate.Warnings(name)));
    }

    [Fact]
    public async Task An_LXPs_current_limits_are_hundredths_of_amperes_and_an_EG4s_are_tenths()
    {
        Assert.Equal(66m * 51.8m, (await SimulatedFamilies.ReadAsync("eg4-luxpower-lxp-eu")).Limits.BatteryChargeW.Value);
        Assert.Equal(200m * 52.9m, (await SimulatedFamilies.ReadAsync("eg4-luxpower-12000xp")).Limits.BatteryChargeW.Value);
    }

    [Theory]
    [InlineData("eg4-luxpower", "18kPV", "EG4 Electronics")]
    [InlineData("eg4-luxpower-12kpv", "12kPV", "EG4 Electronics")]
    [InlineData("eg4-luxpower-flexboss", "FlexBOSS21", "EG4 Electronics")]
    [InlineData("eg4-luxpower-12000xp", "12000XP", "EG4 Electronics")]
    [InlineData("eg4-luxpower-lxp-eu", "LXP-EU", "LuxPower")]
    public async Task An_EG4s_model_is_its_code_and_its_rating_together(string image, string model, string manufacturer)
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync(image);

        Assert.Equal(model, nameplate.Model.Value);
        Assert.Equal(manufacturer, nameplate.Manufacturer.Value);
    }

    [Fact]
    public async Task The_brand_of_a_Deye_is_a_persons_to_tell()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("deye-single-phase");

        Assert.Equal("2206214321", nameplate.SerialNumber.Value);
        Assert.Equal(12_000m, nameplate.Limits.InverterRatedW.Value);
        Assert.Equal(FieldState.NotImplemented, nameplate.Manufacturer.State);
        Assert.Contains("Sol-Ark", nameplate.Manufacturer.Reason, StringComparison.Ordinal);
        Assert.Contains(MissingField.Of(nameplate), field => field.Override == nameof(NameplateOverrides.Manufacturer));
    }

    [Theory]
    [InlineData("deye-single-phase-no-battery")]
    [InlineData("goodwe-et-no-battery")]
    [InlineData("victron-gx-no-battery")]
    public async Task Without_a_battery_nothing_is_made_up(string image)
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync(image);

        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Equal(FieldState.NotImplemented, nameplate.Limits.BatteryChargeW.State);
        Assert.Equal(FieldState.NotImplemented, nameplate.Limits.BatteryDischargeW.State);
        Assert.NotNull(nameplate.SerialNumber.Value);
    }

    [Fact]
    public async Task A_GoodWe_that_refuses_its_settings_is_read_without_them()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("goodwe-et-no-settings");

        Assert.Equal("GW6000-EH", nameplate.Model.Value);
        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Equal(11_520m, nameplate.Limits.BatteryChargeW.Value);
    }

    [Fact]
    public async Task A_Victron_batterys_ampere_hours_count_only_while_it_is_full()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("victron-gx-half-full");

        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Contains("full battery", nameplate.CapacityWh.Reason, StringComparison.Ordinal);
        Assert.Equal(10_480m, nameplate.Limits.BatteryChargeW.Value);
    }

    [Theory]
    [InlineData("victron-gx", true)]
    [InlineData("victron-gx-old-firmware", false)]
    public async Task Only_newer_Victron_firmware_tells_the_inverters_power(string image, bool isTold)
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync(image);

        Assert.Equal(isTold ? FieldState.Present : FieldState.NotImplemented, nameplate.Limits.InverterRatedW.State);
        Assert.Equal(10_624m, nameplate.Limits.BatteryChargeW.Value);
    }

    [Fact]
    public async Task The_zeros_of_a_battery_monitor_are_no_limits()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("victron-gx-shunt");

        Assert.Equal(FieldState.NotImplemented, nameplate.Limits.BatteryChargeW.State);
        Assert.Equal(4_000m, nameplate.Limits.InverterRatedW.Value);
    }
}
