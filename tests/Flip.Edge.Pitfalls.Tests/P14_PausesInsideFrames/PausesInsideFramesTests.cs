using Flip.Edge.Simulator.Hostile;
using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P14_PausesInsideFrames;

/// <summary>
/// The exact silences of RTU don't work behind USB adapters: frames come in pieces. <see href="https://github.com/wlcrs/tmodbus/pull/1"/>,
/// <see href="https://github.com/Fazecast/jSerialComm/pull/369"/>
/// </summary>
public sealed class PausesInsideFramesTests
{
    /// <summary>Scaled from 20 ms and a second: the longest reply takes far longer than the time-out, which is for silence alone.</summary>
    [Theory]
    [InlineData(HostileWires.Tcp)]
    [InlineData(HostileWires.Rtu)]
    public async Task One_byte_at_a_time_ends_in_the_right_nameplate(HostileWires wire)
    {
        await using WireRig rig = await OnAsync(wire, Quick, WireBehaviours.SlowBytes(TimeSpan.FromMilliseconds(4)));
        await rig.ReadRightlyAsync();
        Assert.Equal(0, rig.Client.Counters.Timeouts + rig.Client.Counters.BrokenFrames);
    }
}
