using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Pitfalls.Support;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Pitfalls.P31_WrongLengths;

/// <summary>
/// Lengths differ from the definition (the common model has 65 or 66, and declares the other), or change between day and night.
/// https://github.com/sunspec/models/issues/22, https://github.com/sunspec/pysunspec2/issues/89,
/// https://github.com/CJNE/ha-sunspec/issues/203
/// </summary>
public sealed class WrongLengthsTests
{
    [Theory]
    [InlineData("common-declares-66-has-65", "hybrid")]
    [InlineData("common-declares-65-has-66", "hybrid")]
    [InlineData("common-declares-64", "hybrid")]
    [InlineData("common-declares-0", "hybrid")]
    public async Task A_common_model_of_a_wrong_length_is_read_past_with_a_note(string behaviour, string image)
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync(behaviour, image);

        HostileSunSpec.AssertHybrid(nameplate);
        Assert.Contains(nameplate.Warnings, note => note.Sentence.Contains("model 1 at 40002 declares the length", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_common_model_of_65_registers_that_says_so_needs_no_note()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync(new SimulatedDevice(DeviceImages.Find("l65")!.CreateMap(), DeviceWire.Tcp));

        HostileSunSpec.AssertHybrid(nameplate);
        Assert.Empty(nameplate.Warnings);
    }

    [Theory]
    [InlineData("battery-longer")]
    [InlineData("lengths-change")]
    public async Task A_model_is_walked_by_its_length_and_decoded_by_its_definition(string behaviour) =>
        HostileSunSpec.AssertHybrid(await HostileSunSpec.ReadAsync(behaviour));

    [Fact]
    public async Task A_model_that_ends_before_its_scale_factors_has_no_values()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("battery-shorter", "two-batteries");

        Assert.Equal(FieldState.NotImplemented, nameplate.CapacityWh.State);
        Assert.Contains("ends before WHRtg (its length is 40)", nameplate.CapacityWh.Reason, StringComparison.Ordinal);
        Assert.Equal(FieldState.NotImplemented, nameplate.Limits.BatteryChargeW.State);
        Assert.Contains("ends before WChaRteMax (its length is 40)", nameplate.Limits.BatteryChargeW.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_that_is_another_each_time_is_not_believed()
    {
        DeviceNotReadableException refused = await Assert.ThrowsAsync<DeviceNotReadableException>(() => HostileSunSpec.ReadAsync("lengths-never-rest"));

        Assert.Contains("shows other SunSpec models each time", refused.Message, StringComparison.Ordinal);
    }
}
