namespace Flip.Edge.Modbus.Tests.Client;

public sealed class BrokenFrameTests
{
    private static readonly ModbusClientOptions Impatient = new() { ResponseTimeout = Rig.Short };

    [Theory]
    [InlineData(Wire.Tcp, "03 04 0001 0002")]
    [InlineData(Wire.RtuOverTcp, "03 04 0001 0002")]
    [InlineData(Wire.Rtu, "03 04 0001 0002")]
    [InlineData(Wire.Tcp, "03 04 0001")]
    [InlineData(Wire.Tcp, "03 00")]
    [InlineData(Wire.Rtu, "03 00")]
    [InlineData(Wire.Tcp, "83 01 02")]
    public async Task A_reply_of_the_wrong_length_is_reported_and_the_next_request_works(Wire wire, string pdu)
    {
        await using Rig rig = new(wire, Impatient, Answering(wire, peer => peer.ReplyAsync(pdu)));
        ModbusFrameException e = await Assert.ThrowsAsync<ModbusFrameException>(() => rig.ReadAsync());
        Assert.Equal(new ModbusRequestInfo(rig.Client.Endpoint.Bus, 1, 3, 0, 1), e.Request);
        Assert.Equal(2, await rig.ReadAsync());
        Assert.Equal(1, rig.Client.Counters.BrokenFrames);
    }

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    [InlineData(Wire.Rtu)]
    public async Task A_truncated_reply_is_reported_and_the_next_request_works(Wire wire)
    {
        await using Rig rig = new(wire, Impatient, Answering(wire, peer => peer.SendAsync(peer.Frame("03 02 0001")[..^1])));
        await Assert.ThrowsAsync<ModbusFrameException>(() => rig.ReadAsync());
        Assert.Equal(2, await rig.ReadAsync());
    }

    [Theory]
    [InlineData(Wire.RtuOverTcp)]
    [InlineData(Wire.Rtu)]
    public async Task A_reply_with_a_wrong_CRC_is_reported_and_the_next_request_works(Wire wire)
    {
        await using Rig rig = new(wire, Impatient, Answering(wire, peer =>
        {
            byte[] reply = peer.Frame("03 02 0001");
            reply[4] ^= 1;
            return peer.SendAsync(reply);
        }));
        ModbusFrameException e = await Assert.ThrowsAsync<ModbusFrameException>(() => rig.ReadAsync());
        Assert.Contains("7 bytes came within 0.4 s, but no whole reply with a right CRC", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, await rig.ReadAsync());
    }

    [Fact]
    public async Task RTU_frames_where_Modbus_TCP_is_expected_are_named_as_such()
    {
        await using Rig rig = new(Wire.Tcp, null, Answering(Wire.Tcp, peer => peer.SendAsync(Hex.Rtu("01 03 04 0001 0002"))));
        ModbusFrameException e = await Assert.ThrowsAsync<ModbusFrameException>(() => rig.ReadAsync());
        Assert.Contains("try rtu+tcp://", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, await rig.ReadAsync());
    }

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    [InlineData(Wire.Rtu)]
    public async Task A_reply_in_single_bytes_is_put_together(Wire wire)
    {
        await using Rig rig = new(wire, null, async peer =>
        {
            await peer.RequestAsync();
            foreach (byte b in peer.Frame("03 02 0001"))
            {
                await peer.SendAsync([b]);
                await Task.Yield();
            }

            await peer.UntilClosedAsync();
        });
        Assert.Equal(1, await rig.ReadAsync());
    }

    [Theory]
    [InlineData(Wire.RtuOverTcp)]
    [InlineData(Wire.Rtu)]
    public async Task Rubbish_before_a_frame_is_skipped(Wire wire)
    {
        await using Rig rig = new(wire, null, async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync([.. Hex.Bytes("00 FF 01 03 01 03 FF 01 83"), .. peer.Frame("03 02 0001")]);
            await peer.UntilClosedAsync();
        });
        Assert.Equal(1, await rig.ReadAsync());
    }

    [Theory]
    [InlineData(Wire.RtuOverTcp)]
    [InlineData(Wire.Rtu)]
    public async Task More_rubbish_than_fits_any_buffer_is_skipped(Wire wire)
    {
        await using Rig rig = new(wire, null, async peer =>
        {
            await peer.RequestAsync();
            for (int i = 0; i < 20; i++) await peer.SendAsync(new byte[150]);
            await peer.ReplyAsync("03 02 0001");
            await peer.UntilClosedAsync();
        });
        Assert.Equal(1, await rig.ReadAsync());
    }

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.Rtu)]
    public async Task The_echo_of_a_write_is_checked(Wire wire)
    {
        await using Rig rig = new(wire, null, async peer =>
        {
            Assert.Equal(Hex.Bytes("06 0005 0007"), await peer.RequestAsync());
            await peer.ReplyAsync("06 0005 0007");
            await peer.RequestAsync();
            await peer.ReplyAsync("06 0005 0006");
            if (wire == Wire.Tcp) await peer.UntilClosedAsync();
        }, async peer =>
        {
            Assert.Equal(Hex.Bytes("10 0005 0002 04 0007 0008"), await peer.RequestAsync());
            await peer.ReplyAsync("10 0005 0002");
            await peer.RequestAsync();
            await peer.ReplyAsync("10 0006 0002");
            await peer.UntilClosedAsync();
        });
        await rig.WriteAsync(5, 7);
        ModbusFrameException e = await Assert.ThrowsAsync<ModbusFrameException>(() => rig.WriteAsync(5, 7));
        Assert.EndsWith("write holding register 5: the device confirmed the value 6 instead of 7", e.Message, StringComparison.Ordinal);
        await rig.WriteAsync(5, [7, 8]);
        e = await Assert.ThrowsAsync<ModbusFrameException>(() => rig.WriteAsync(5, [7, 8]));
        Assert.EndsWith("the device confirmed a write to 6 instead", e.Message, StringComparison.Ordinal);
    }

    /// <summary>A device that answers its first request so, and then, on a new connection or the same, with 2.</summary>
    private static Func<Peer, Task>[] Answering(Wire wire, Func<Peer, Task> first) =>
    [
        async peer =>
        {
            await peer.RequestAsync();
            await first(peer);
            if (wire != Wire.Rtu) await peer.UntilClosedAsync();
        },
        async peer =>
        {
            await peer.RequestAsync();
            await peer.ReplyAsync("03 02 0002");
            await peer.UntilClosedAsync();
        },
    ];
}
