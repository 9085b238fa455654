using Flip.Edge.Simulator.Hostile;
using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P07_LateReply;

/// <summary>
/// A late reply after a time-out desynchronises the stream for ever. <see href="https://github.com/goburrow/modbus/issues/64"/>,
/// <see href="https://github.com/NModbus/NModbus/issues/88"/>, <see href="https://github.com/rossmann-engineering/EasyModbusTCP.NET/issues/56"/>
/// </summary>
public sealed class LateReplyTests
{
    [Theory]
    [InlineData(HostileWires.Tcp)]
    [InlineData(HostileWires.Rtu)]
    public async Task Replies_that_come_half_as_late_again_as_the_time_out_end_in_the_right_nameplate(HostileWires wire)
    {
        await using WireRig rig = await OnAsync(wire, null, WireBehaviours.LateReplies(1.5 * Quick.ResponseTimeout));
        await rig.ReadRightlyAsync();
        Assert.InRange(rig.Client.Counters.Timeouts, 1, 2);
        Assert.InRange(rig.Client.Counters.LateReplies, 1, 2);
    }

    [Theory]
    [InlineData(HostileWires.Tcp)]
    [InlineData(HostileWires.Rtu)]
    public async Task Replies_that_come_twice_end_in_the_right_nameplate(HostileWires wire)
    {
        await using WireRig rig = await OnAsync(wire, new(), Named("duplicated-replies"));
        await rig.ReadRightlyAsync();
        Assert.Equal(0, rig.Client.Counters.Timeouts);
    }
}
