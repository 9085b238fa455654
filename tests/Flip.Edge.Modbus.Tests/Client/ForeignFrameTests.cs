namespace Flip.Edge.Modbus.Tests.Client;

public sealed class ForeignFrameTests
{
    private static readonly ModbusClientOptions Impatient = new() { ResponseTimeout = Rig.Short };

    public static TheoryData<Wire, string, byte, int> Strangers => new()
    {
        { Wire.Tcp, "03 02 0009", 1, 1 }, // another transaction
        { Wire.Tcp, "03 02 0009", 3, 0 },
        { Wire.Tcp, "04 02 0009", 1, 0 },
        { Wire.RtuOverTcp, "03 02 0009", 3, 0 },
        { Wire.RtuOverTcp, "04 02 0009", 1, 0 },
        { Wire.Rtu, "03 02 0009", 3, 0 },
        { Wire.Rtu, "04 02 0009", 1, 0 },
        { Wire.Rtu, "90 02", 1, 0 },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task A_reply_of_another_transaction_unit_or_function_is_passed_over(Wire wire, string pdu, byte unit, int transaction)
    {
        await using Rig rig = new(wire, null, async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync(peer.Frame(pdu, unit, (ushort)(peer.Transaction + transaction)));
            await peer.ReplyAsync("03 02 0002");
            await peer.UntilClosedAsync();
        });
        Assert.Equal(2, await rig.ReadAsync());
        Assert.Equal(1, rig.Client.Counters.ForeignFrames);
    }

    [Theory]
    [InlineData(Wire.Tcp, "03 02 0009", 3, "a reply of unit 3 came instead")]
    [InlineData(Wire.Rtu, "03 02 0009", 3, "a reply of unit 3 came instead")]
    [InlineData(Wire.Tcp, "04 02 0009", 1, "a reply to function 4 came instead")]
    [InlineData(Wire.RtuOverTcp, "84 02", 1, "a reply to function 4 came instead")]
    public async Task A_time_out_tells_what_came_instead(Wire wire, string pdu, byte unit, string expected)
    {
        await using Rig rig = new(wire, Impatient, async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync(peer.Frame(pdu, unit));
            if (wire != Wire.Rtu) await peer.UntilClosedAsync();
        });
        ModbusTimeoutException e = await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync(40000));
        Assert.EndsWith(expected, e.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{rig.Client.Endpoint.Bus} unit 1, read 1 holding register at 40000: no reply within 0.4 s", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, rig.Client.Counters.Timeouts);
    }
}
