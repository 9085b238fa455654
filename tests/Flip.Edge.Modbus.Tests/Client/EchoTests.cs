namespace Flip.Edge.Modbus.Tests.Client;

/// <summary>Lines on which what is sent comes back, see https://github.com/tiagocoutinho/modbus-proxy/pull/55.</summary>
public sealed class EchoTests
{
    private static readonly ModbusClientOptions Impatient = new() { ResponseTimeout = TimeSpan.FromSeconds(0.6) };

    [Theory]
    [InlineData(Wire.Rtu, 0)]
    [InlineData(Wire.RtuOverTcp, 40000)]
    [InlineData(Wire.Rtu, 0x0300)] // the echo has the shape of a reply with three bytes
    [InlineData(Wire.RtuOverTcp, 0x0302)]
    public async Task The_echo_of_a_read_is_dropped_without_being_told_to(Wire wire, int address)
    {
        await using Rig rig = new(wire, null, async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync(peer.Frame($"03 {address:X4} 0001"));
            await peer.ReplyAsync("03 02 0002");
            await peer.UntilClosedAsync();
        });
        Assert.Equal(2, await rig.ReadAsync((ushort)address));
        Assert.Equal(1, rig.Client.Counters.Echoes);
        Assert.Equal(0, rig.Client.Counters.BrokenFrames);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x0300)]
    public async Task Nothing_but_the_echo_is_silence(int address)
    {
        await using Rig rig = new(Wire.Rtu, Impatient, async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync(peer.Frame($"03 {address:X4} 0001"));
        });
        ModbusTimeoutException e = await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync((ushort)address));
        Assert.EndsWith("no reply within 0.6 s; only the echo of the request came back", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_of_one_register_is_confirmed_by_the_second_copy_where_the_line_is_told_to_echo()
    {
        await using Rig rig = new(Wire.Rtu, Impatient with { StripEcho = true }, async peer =>
        {
            await peer.RequestAsync();
            await peer.ReplyAsync("06 0005 0007");
            await peer.ReplyAsync("06 0005 0007");
            await peer.RequestAsync();
            await peer.ReplyAsync("06 0005 0008");
        });
        await rig.WriteAsync(5, 7);
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.WriteAsync(5, 8));
    }

    [Fact]
    public async Task A_write_after_an_echoed_read_needs_the_second_copy_too()
    {
        await using Rig rig = new(Wire.Rtu, Impatient, async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync([.. peer.Frame("03 0000 0001"), .. peer.Frame("03 02 0002")]);
            await peer.RequestAsync();
            await peer.ReplyAsync("06 0005 0007");
        });
        Assert.Equal(2, await rig.ReadAsync());
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.WriteAsync(5, 7));
    }

    [Fact]
    public async Task The_echo_of_a_write_of_many_registers_is_dropped()
    {
        await using Rig rig = new(Wire.Rtu, null, async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync([.. peer.Frame("10 0005 0002 04 0007 0008"), .. peer.Frame("10 0005 0002")]);
        });
        await rig.WriteAsync(5, [7, 8]);
        Assert.Equal(1, rig.Client.Counters.Echoes);
    }
}
