namespace Flip.Edge.Modbus.Tests.Client;

/// <summary>Late replies desynchronised other stacks for ever, see https://github.com/NModbus/NModbus/issues/88.</summary>
public sealed class LateReplyTests
{
    private static readonly ModbusClientOptions Impatient = new() { ResponseTimeout = Rig.Short };

    [Fact]
    public async Task A_late_reply_is_never_taken_for_the_next_answer()
    {
        await using Rig rig = new(Wire.Tcp, Impatient, async peer =>
        {
            await peer.RequestAsync();
            byte[] late = peer.Frame("03 02 0001");
            await peer.RequestAsync();
            await peer.SendAsync(late);
            await peer.ReplyAsync("03 02 0002");
            await peer.UntilClosedAsync();
        });
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync());
        Assert.Equal(2, await rig.ReadAsync());
        Assert.Equal(1, rig.Client.Counters.ForeignFrames);
        Assert.Equal(1, rig.Client.Counters.Connects);
    }

    [Theory]
    [InlineData(Wire.RtuOverTcp)]
    [InlineData(Wire.Rtu)]
    public async Task A_late_reply_on_RTU_is_waited_for_and_thrown_away_before_the_next_request(Wire wire)
    {
        TaskCompletionSource late = new();
        await using Rig rig = new(wire, Impatient with { ResponseTimeout = TimeSpan.FromSeconds(1) }, async peer =>
        {
            await peer.RequestAsync();
            await late.Task;
            await peer.ReplyAsync("03 02 0001");
            await peer.RequestAsync();
            await peer.ReplyAsync("03 02 0002");
        });
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync());
        Task<int> next = rig.ReadAsync();
        late.SetResult();
        Assert.Equal(2, await next);
        Assert.Equal(1, rig.Client.Counters.ForeignFrames);
    }

    [Fact]
    public async Task A_late_reply_that_a_device_server_sends_over_the_new_connection_is_thrown_away()
    {
        TaskCompletionSource givenUp = new();
        await using Rig rig = new(
            Wire.RtuOverTcp, Impatient with { ResponseTimeout = TimeSpan.FromSeconds(1) },
            async peer =>
            {
                await peer.RequestAsync();
                await givenUp.Task; // and the device server drops its client
            },
            async peer =>
            {
                await peer.SendAsync(peer.Frame("03 02 0001", unit: 1));
                await peer.RequestAsync();
                await peer.ReplyAsync("03 02 0002");
                await peer.UntilClosedAsync();
            });
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync());
        givenUp.SetResult();
        Assert.Equal(2, await rig.ReadAsync());
        Assert.Equal(2, rig.Client.Counters.Connects);
    }

    [Theory]
    [InlineData(Wire.RtuOverTcp)]
    [InlineData(Wire.Rtu)]
    public async Task When_no_late_reply_comes_the_next_request_is_sent_after_one_more_time_out(Wire wire)
    {
        await using Rig rig = new(wire, Impatient, async peer =>
        {
            await peer.RequestAsync();
            await peer.RequestAsync();
            await peer.ReplyAsync("03 02 0002");
            await peer.UntilClosedAsync();
        });
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync());
        Assert.Equal(2, await rig.ReadAsync());
    }

    [Fact]
    public async Task A_request_of_another_unit_does_not_wait_for_the_late_reply()
    {
        await using Rig rig = new(Wire.Rtu, Impatient, async peer =>
        {
            await peer.RequestAsync();
            byte[] late = peer.Frame("03 02 0001");
            await peer.RequestAsync();
            await peer.SendAsync(late);
            await peer.ReplyAsync("03 02 0002");
        });
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync(unit: 7));
        Assert.Equal(2, await rig.ReadAsync(unit: 8));
        Assert.Equal(1, rig.Client.Counters.ForeignFrames);
    }

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    [InlineData(Wire.Rtu)]
    public async Task A_reply_that_comes_twice_counts_once(Wire wire)
    {
        await using Rig rig = new(wire, null, async peer =>
        {
            await peer.RequestAsync();
            byte[] reply = peer.Frame("03 02 0001");
            await peer.SendAsync([.. reply, .. reply]);
            await peer.RequestAsync();
            await peer.ReplyAsync("03 02 0002");
            await peer.UntilClosedAsync();
        });
        Assert.Equal(1, await rig.ReadAsync());
        Assert.Equal(2, await rig.ReadAsync());
    }

    [Fact]
    public async Task After_silent_time_outs_the_connection_is_opened_anew_because_the_cable_may_be_out()
    {
        await using Rig rig = new(
            Wire.Tcp, Impatient,
            peer => peer.UntilClosedAsync(),
            async peer =>
            {
                await peer.RequestAsync();
                await peer.ReplyAsync("03 02 0002");
                await peer.UntilClosedAsync();
            });
        for (int i = 0; i < 3; i++) await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync());
        Assert.Equal(2, await rig.ReadAsync());
    }
}
