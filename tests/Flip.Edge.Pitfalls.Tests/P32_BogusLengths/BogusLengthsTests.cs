using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P32_BogusLengths;

/// <summary>
/// A length that jumps into nowhere, models of no length, and a chain that never ends: the walk ends, and what may have been missed or
/// counted twice is asked of a person. https://github.com/matfroh/sax_battery_ha/issues/128
/// </summary>
public sealed class BogusLengthsTests
{
    [Fact]
    public async Task Sixty_models_of_no_length_are_walked_past() =>
        HostileSunSpec.AssertHybrid(await HostileSunSpec.ReadAsync("sixty-empty-models"));

    [Theory]
    [InlineData("battery-declares-0")]
    [InlineData("bogus-last-length")]
    [InlineData("bogus-length")]
    public async Task A_length_that_leads_nowhere_is_replaced_by_that_of_the_definition(string behaviour) =>
        HostileSunSpec.AssertHybrid(await HostileSunSpec.ReadAsync(behaviour));

    [Fact]
    public async Task A_map_that_shows_itself_again_and_again_is_read_once()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("chain-loops", "two-batteries");

        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
        Assert.DoesNotContain(nameplate.Warnings, warning => warning.NeedsPerson);
        Assert.Contains(nameplate.Warnings, note => note.Sentence.Contains("shows itself again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("endless-empty-models")]
    [InlineData("bogus-lengths")]
    public async Task After_a_chain_that_breaks_off_a_person_is_asked_for_every_number(string behaviour)
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync(behaviour);

        Assert.Equal(
            ["CapacityWh", "MaxChargeW", "MaxDischargeW"],
            nameplate.Warnings.Where(warning => warning.NeedsPerson).Select(warning => warning.Override).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task After_a_chain_that_breaks_off_a_model_is_not_said_to_be_missing_from_the_device()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("bogus-lengths");

        Assert.Contains("no SunSpec model 802", nameplate.Limits.BatteryChargeW.Reason, StringComparison.Ordinal);
        Assert.Contains("as far as the models are a chain", nameplate.Limits.BatteryChargeW.Reason, StringComparison.Ordinal);
    }
}
