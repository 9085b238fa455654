using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Families;

/// <summary>FranklinWH, Fronius, OutBack and Schneider: SunSpec, and what their makers do differently.</summary>
public sealed class SunSpecFamiliesTests
{
    [Theory]
    [InlineData("franklinwh", 27_200)]
    [InlineData("franklinwh-apower-2", 30_000)]
    public async Task What_FranklinWH_says_of_power_is_not_believed_and_its_capacity_is(string image, int capacityWh)
    {
        Nameplate read = await FamilyDevice.ReadAsync(image);

        Assert.Equal(capacityWh, read.CapacityWh.Value);
        Assert.Equal("FranklinWH Technologies Co., Ltd", read.Manufacturer.Value);
        Assert.False(read.MaxChargeW.IsPresent);
        Assert.False(read.MaxDischargeW.IsPresent);
        Assert.False(read.Limits.InverterRatedW.IsPresent);
        Assert.Contains("aPower", read.MaxChargeW.Reason, StringComparison.Ordinal);
        Assert.Equal(["MaxChargeW", "MaxDischargeW"], MissingField.Of(read).Select(field => field.Override));
    }

    [Fact]
    public async Task A_GEN24s_battery_power_is_cut_to_what_the_inverter_can_do()
    {
        Nameplate read = await FamilyDevice.ReadAsync("fronius-gen24");

        Assert.Equal(12_800m, read.Limits.BatteryChargeW.Value);
        Assert.Equal((10_000m, 10_000m), (read.MaxChargeW.Value, read.MaxDischargeW.Value));
        Assert.Equal(11_040m, read.CapacityWh.Value);
        Assert.DoesNotContain(read.Warnings, warning => warning.NeedsPerson);
    }

    [Fact]
    public async Task Floats_in_a_GEN24_move_its_nameplate_and_change_nothing()
    {
        Nameplate read = await FamilyDevice.ReadAsync("fronius-gen24-float");

        Assert.Equal((6600m, 5120m, 5120m), (read.CapacityWh.Value, read.MaxChargeW.Value, read.MaxDischargeW.Value));
    }

    [Fact]
    public async Task A_lower_setting_beside_the_rating_of_a_GEN24_is_no_conflict()
    {
        Nameplate read = await FamilyDevice.ReadAsync("fronius-gen24-limited");

        Assert.Equal((5120m, FieldKind.Rated), (read.MaxChargeW.Value, read.MaxChargeW.Kind));
        Assert.DoesNotContain(read.Warnings, warning => warning.NeedsPerson);
    }

    [Fact]
    public async Task A_GEN24_without_a_battery_says_so()
    {
        Nameplate read = await FamilyDevice.ReadAsync("fronius-gen24-no-battery");

        Assert.False(read.CapacityWh.IsPresent);
        Assert.Contains("no battery is configured", read.MaxChargeW.Reason, StringComparison.Ordinal);
        Assert.Contains("no battery is configured", read.MaxDischargeW.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_MATE3_tells_who_it_is_and_nothing_else()
    {
        Nameplate read = await FamilyDevice.ReadAsync("outback");

        Assert.Equal(("OutBack_Power", "MATE3", "MA2011F0200417"), (read.Manufacturer.Value, read.Model.Value, read.SerialNumber.Value));
        Assert.Equal(["CapacityWh", "MaxChargeW", "MaxDischargeW"], MissingField.Of(read).Select(field => field.Override));
        Assert.Contains("Type the capacity from the battery's label", read.CapacityWh.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_of_an_XW_are_settings()
    {
        Nameplate read = await FamilyDevice.ReadAsync("schneider-xw");

        Assert.Equal((5600m, FieldKind.Configured), (read.MaxChargeW.Value, read.MaxChargeW.Kind));
        Assert.Equal((6800m, FieldKind.Configured), (read.Limits.InverterRatedW.Value, read.Limits.InverterRatedW.Kind));
        Assert.Equal(["CapacityWh", "MaxDischargeW"], MissingField.Of(read).Select(field => field.Override));
    }

    [Fact]
    public async Task A_gateway_of_an_XW_that_serves_a_battery_model_is_believed()
    {
        Nameplate read = await FamilyDevice.ReadAsync("schneider-xw-battery");

        Assert.Equal((15_000m, 6800m), (read.CapacityWh.Value, read.MaxDischargeW.Value));
    }
}
