using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Hostile;
using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P10_ShortTimeouts;

/// <summary>
/// Default time-outs of 60 to 500 ms are too short. <see href="https://github.com/openhab/openhab-addons/issues/9270"/>,
/// <see href="https://github.com/stephane/libmodbus/issues/776"/>
/// </summary>
public sealed class ShortTimeoutsTests
{
    [Fact]
    public void Nobody_is_waited_for_less_than_a_second_unless_told_so()
    {
        ModbusClientOptions options = new();
        Assert.Equal(TimeSpan.FromSeconds(1), options.ResponseTimeout);
        Assert.Equal(TimeSpan.FromSeconds(1), options.LeastResponseTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), options.MostResponseTimeout);
    }

    [Fact]
    public async Task A_slow_device_is_waited_for_four_times_as_long_as_it_takes()
    {
        TimeSpan late = TimeSpan.FromMilliseconds(400);
        await using WireRig rig = await OnTcpAsync(new(), WireBehaviours.LateReplies(late));
        await rig.ReadRightlyAsync();
        // Timers may fire a little early; what matters is that it is not the second that was there before.
        Assert.True(rig.Client.Latency >= 0.8 * late);
        Assert.InRange(rig.Client.ResponseTimeout, 3.2 * late, TimeSpan.FromSeconds(5));
    }
}
