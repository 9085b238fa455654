using Flip.Edge.Modbus;
using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P11_FramingAndEcho;

/// <summary>
/// RTU over TCP taken for Modbus TCP; an echo on full-duplex wiring; a gap that a TCP client doesn't know of.
/// <see href="https://github.com/volkszaehler/mbmd/issues/311"/>, <see href="https://github.com/tiagocoutinho/modbus-proxy/pull/55"/>,
/// <see href="https://github.com/wlcrs/tmodbus/issues/145"/>
/// </summary>
public sealed class FramingAndEchoTests
{
    [Fact]
    public async Task A_device_server_taken_for_Modbus_TCP_is_silence_and_read_rightly_as_what_it_is()
    {
        await using (WireRig wrong = await OnTcpAsync(null, Named("wrong-framing")))
        {
            ModbusTimeoutException e = await Assert.ThrowsAsync<ModbusTimeoutException>(wrong.ReadAsync);
            Assert.Contains("no reply within 0.4 s", e.Message, StringComparison.Ordinal);
        }

        await using WireRig right = await OnRtuOverTcpAsync(null, Named("wrong-framing"));
        await right.ReadRightlyAsync();
    }

    [Fact]
    public async Task Modbus_TCP_taken_for_a_device_server_names_the_other_framing()
    {
        await using WireRig rig = await OnRtuOverTcpAsync(null);
        ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(rig.ReadAsync);
        Assert.EndsWith("or it speaks Modbus TCP: try tcp://", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_line_that_echoes_is_read_rightly_whether_it_was_told_of_or_not(bool isTold)
    {
        await using WireRig rig = OnLine(new() { StripEcho = isTold }, Named("echo"));
        await rig.ReadRightlyAsync();
        Assert.Equal(rig.Client.Counters.Requests, rig.Client.Counters.Echoes);
        Assert.Equal(0, rig.Client.Counters.BrokenFrames);
    }

    [Fact]
    public async Task The_gap_before_requests_can_be_told_on_TCP_too()
    {
        await using WireRig rig = await OnTcpAsync(new() { RequestGap = TimeSpan.FromMilliseconds(20) });
        long began = TimeProvider.System.GetTimestamp();
        await rig.ReadRightlyAsync();
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= (rig.Client.Counters.Requests - 1) * TimeSpan.FromMilliseconds(20));
    }
}
