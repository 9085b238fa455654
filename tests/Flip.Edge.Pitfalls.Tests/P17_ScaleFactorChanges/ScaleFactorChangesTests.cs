using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P17_ScaleFactorChanges;

/// <summary>
/// Scale factors change between reads, or are remembered from another one: a value and its factor belong together only when they come
/// from one response. https://github.com/sunspec/pysunspec2/issues/42, https://github.com/evcc-io/evcc/issues/2162,
/// https://github.com/abeggled/openbridgeserver/issues/1255
/// </summary>
public sealed class ScaleFactorChangesTests
{
    [Fact]
    public async Task A_factor_that_changes_together_with_its_value_changes_nothing() =>
        HostileSunSpec.AssertHybrid(await HostileSunSpec.ReadAsync("scale-changes"));

    [Theory]
    [InlineData(50)]
    [InlineData(30)]
    public async Task Where_a_device_does_not_give_both_in_one_response_a_changed_factor_is_seen(int registersPerRead)
    {
        // Factor, value, value, factor: they are not twice the same.
        Nameplate nameplate = await HostileSunSpec.ReadAsync("scale-changes", registersPerRead: registersPerRead);

        HostileSunSpec.AssertInvalid(nameplate.CapacityWh, "one of the two changed in between");
    }

    [Theory]
    [InlineData(52)]
    [InlineData(40)]
    [InlineData(12)]
    [InlineData(2)]
    public async Task Where_a_device_does_not_give_both_in_one_response_equal_factors_around_the_value_are_its_own(int registersPerRead) =>
        HostileSunSpec.AssertHybrid(await HostileSunSpec.ReadAsync("no-end-exception", registersPerRead: registersPerRead));

    [Fact]
    public async Task A_factor_that_moves_without_its_value_is_not_believed()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("scale-moves");

        HostileSunSpec.AssertInvalid(nameplate.CapacityWh, "differ");
    }

    [Theory]
    [InlineData("scale-unknown", "without a scale factor (0x8000)")]
    [InlineData("scale-illegal", "with the scale factor 99")]
    public async Task An_unknown_or_illegal_factor_makes_the_value_invalid(string behaviour, string why)
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync(behaviour);

        HostileSunSpec.AssertInvalid(nameplate.CapacityWh, why);
        HostileSunSpec.AssertInvalid(nameplate.MaxDischargeW, why);
    }
}
