using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Tests.Nameplates;

public sealed class NameplateOverridesTests
{
    [Fact]
    public async Task A_typed_value_fills_what_the_device_does_not_tell()
    {
        Nameplate nameplate = new NameplateOverrides { CapacityWh = 13_500 }.ApplyTo(await Images.ReadAsync("zero-capacity"));

        Assert.Equal(13_500m, nameplate.CapacityWh.Value);
        Assert.Equal(FieldKind.Typed, nameplate.CapacityWh.Kind);
        Assert.Equal("typed", nameplate.CapacityWh.Source);
        Assert.Empty(MissingField.Of(nameplate));
        Assert.Empty(nameplate.Warnings);
    }

    [Fact]
    public async Task A_typed_value_stands_but_the_one_that_was_read_is_shown()
    {
        Nameplate nameplate = new NameplateOverrides { CapacityWh = 13_500 }.ApplyTo(await Images.ReadAsync("hybrid"));

        Assert.Equal(13_500m, nameplate.CapacityWh.Value);
        NameplateWarning shown = Assert.Single(nameplate.Warnings);
        Assert.Equal("override_differs", shown.Code);
        Assert.Equal("the capacity was typed as 13500 Wh, but the device says 15000 Wh (SunSpec 802 WHRtg); the typed value is used", shown.Sentence);
        Assert.False(shown.NeedsPerson);
    }

    /// <summary>A newcomer's finding: "typed as 10000 Wh (typed), but the device says 15843 Wh", of which the device had said nothing.</summary>
    [Fact]
    public async Task An_estimate_is_not_what_the_device_says()
    {
        Nameplate read = await Images.ReadAsync("hybrid");
        Nameplate nameplate = new NameplateOverrides { CapacityWh = 13_500 }.ApplyTo(read with { CapacityWh = read.CapacityWh with { Kind = FieldKind.Estimated } });

        Assert.StartsWith("the capacity was typed as 13500 Wh, but it was estimated as 15000 Wh (", Assert.Single(nameplate.Warnings).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_typed_capacity_settles_a_conflict_and_keeps_it_on_record()
    {
        Nameplate nameplate = new NameplateOverrides { CapacityWh = 15_000 }.ApplyTo(await Images.ReadAsync("conflict"));

        NameplateWarning conflict = Assert.Single(nameplate.Warnings);
        Assert.Equal("conflict", conflict.Code);
        Assert.False(conflict.NeedsPerson);
    }

    [Fact]
    public async Task A_power_that_does_not_fit_the_energy_needs_a_person()
    {
        Nameplate nameplate = new NameplateOverrides { CapacityWh = 1500 }.ApplyTo(await Images.ReadAsync("hybrid"));

        NameplateWarning[] implausible = [.. nameplate.Warnings.Where(warning => warning.Code == "implausible")];
        Assert.Equal(2, implausible.Length);
        Assert.All(implausible, warning => Assert.True(warning.NeedsPerson));
    }

    [Fact]
    public async Task Two_typed_values_are_a_persons_word()
    {
        NameplateOverrides all = new() { CapacityWh = 1500, MaxChargeW = 6000, MaxDischargeW = 7500 };

        Assert.DoesNotContain(all.ApplyTo(await Images.ReadAsync("hybrid")).Warnings, warning => warning.NeedsPerson);
    }

    [Fact]
    public async Task Nothing_typed_changes_nothing()
    {
        Nameplate read = await Images.ReadAsync("hybrid");

        Nameplate nameplate = new NameplateOverrides().ApplyTo(read);

        Assert.True(NameplateAgreement.Agree(read, nameplate));
        Assert.Empty(nameplate.Warnings);
    }
}
