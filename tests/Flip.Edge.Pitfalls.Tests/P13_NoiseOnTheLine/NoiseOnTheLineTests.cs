using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P13_NoiseOnTheLine;

/// <summary>
/// Boot garbage on the line locks a parser until it is restarted. <see href="https://github.com/dzurikmiroslav/esp32-evse/issues/92"/>,
/// <see href="https://github.com/mesta1/nmodbus/issues/21"/>
/// </summary>
public sealed class NoiseOnTheLineTests
{
    [Theory]
    [InlineData("boot-garbage")]
    [InlineData("noise-before-frames")]
    [InlineData("noise-inside-frames")]
    [InlineData("truncated-frames")]
    public async Task Noise_ends_in_the_right_nameplate(string behaviour)
    {
        await using WireRig rig = OnLine(null, Named(behaviour));
        await rig.ReadRightlyAsync();
        Assert.True(rig.Client.Counters.BrokenFrames > 0);
        Assert.Null(rig.Client.Counters.AnotherMaster);
    }
}
