using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Pitfalls.Support;

namespace Flip.Edge.Pitfalls.P30_NoEndMarker;

/// <summary>
/// After the last model comes no end marker but exception 2, silence or zeros: what was found is kept.
/// https://github.com/sunspec/pysunspec2/issues/36, https://github.com/sunspec/pysunspec2/issues/116
/// </summary>
public sealed class NoEndMarkerTests
{
    [Theory]
    [InlineData("no-end-exception")]
    [InlineData("no-end-silence")]
    [InlineData("zeros-after-end")]
    public async Task A_map_without_an_end_marker_is_kept_with_a_note(string behaviour)
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync(behaviour);

        HostileSunSpec.AssertHybrid(nameplate);
        Assert.Equal("map", Assert.Single(nameplate.Warnings).Code);
    }

    [Fact]
    public async Task Half_an_end_marker_is_one()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync("half-end-marker");

        HostileSunSpec.AssertHybrid(nameplate);
        Assert.Empty(nameplate.Warnings);
    }
}
