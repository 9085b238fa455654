using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Families;

public sealed class SigenergyTests
{
    [Fact]
    public async Task Everything_that_Flip_needs_is_told_by_the_inverter()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("sigenergy");

        Assert.Equal("SigenStor EC 12.0 TP", nameplate.Model.Value);
        Assert.Equal(16_120m, nameplate.CapacityWh.Value);
        Assert.Equal(8_800m, nameplate.MaxChargeW.Value);
        Assert.Equal(9_600m, nameplate.MaxDischargeW.Value);
        Assert.Equal(FieldKind.Rated, nameplate.CapacityWh.Kind);
        Assert.Empty(nameplate.Warnings);
    }

    [Fact]
    public async Task The_inverter_may_have_another_unit_id_than_1()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("sigenergy-inverter-on-2", 2);

        Assert.Equal("CMU123A45BP679", nameplate.SerialNumber.Value);
        Assert.Equal(16_120m, nameplate.CapacityWh.Value);
    }

    [Fact]
    public async Task A_plant_of_two_inverters_is_a_conflict_and_never_a_sum()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("sigenergy-two-inverters");

        Assert.Equal(16_120m, nameplate.CapacityWh.Value);
        Assert.Contains("conflict", nameplate.Warnings(nameof(NameplateOverrides.CapacityWh)));
        Assert.Contains("conflict", nameplate.Warnings(nameof(NameplateOverrides.MaxChargeW)));
    }

    [Fact]
    public async Task Without_the_plants_unit_the_inverter_is_believed_alone()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("sigenergy-no-plant");

        Assert.Equal(16_120m, nameplate.CapacityWh.Value);
        Assert.Empty(nameplate.Warnings);
    }

    [Fact]
    public async Task All_ones_are_no_battery()
    {
        Nameplate nameplate = await SimulatedFamilies.ReadAsync("sigenergy-pv-only");

        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Equal(FieldState.NotImplemented, nameplate.MaxChargeW.State);
        Assert.Equal(FieldState.NotImplemented, nameplate.MaxDischargeW.State);
    }
}
