namespace Flip.Edge.Modbus.Tests.Client;

/// <summary>Two masters on one line, see https://github.com/eModbus/eModbus/issues/336.</summary>
public sealed class OtherMasterTests
{
    private static readonly ModbusClientOptions Impatient = new() { ResponseTimeout = TimeSpan.FromSeconds(0.6) };

    [Fact]
    public async Task Requests_and_replies_of_others_between_our_own_are_counted_and_told()
    {
        TaskCompletionSource talked = new();
        await using Rig rig = new(Wire.RtuOverTcp, Impatient, async peer =>
        {
            await peer.RequestAsync();
            await peer.ReplyAsync("03 02 0001");
            await peer.SendAsync([.. peer.Frame("04 0010 0002", unit: 9), .. peer.Frame("04 04 0001 0002", unit: 9)]);
            talked.SetResult();
            await peer.RequestAsync();
            await peer.ReplyAsync("03 02 0002");
            await peer.UntilClosedAsync();
        });
        Assert.Equal(1, await rig.ReadAsync());
        Assert.Null(rig.Client.Counters.AnotherMaster);
        await talked.Task;
        Assert.Equal(2, await rig.ReadAsync());
        Assert.Equal(1, rig.Client.Counters.ForeignRequests);
        Assert.Equal(1, rig.Client.Counters.UnaskedReplies);
        ModbusTimeoutException e = await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync());
        Assert.EndsWith("no reply within 0.6 s; another master is on the line: 1 of its requests were heard", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_of_another_master_in_place_of_the_reply_is_named()
    {
        await using Rig rig = new(Wire.Rtu, Impatient, async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync(peer.Frame("03 0000 0001", unit: 9));
        });
        ModbusTimeoutException e = await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync());
        Assert.Contains("no reply within 0.6 s; a request of another master to unit 9 came instead; another master is", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replies_that_come_twice_are_no_sign_of_another_master()
    {
        TaskCompletionSource doubled = new();
        await using Rig rig = new(Wire.Rtu, Impatient, async peer =>
        {
            await peer.RequestAsync();
            await peer.ReplyAsync("03 02 0001");
            await peer.ReplyAsync("03 02 0001");
            doubled.SetResult();
            await peer.RequestAsync();
            await peer.ReplyAsync("03 02 0002");
        });
        Assert.Equal(1, await rig.ReadAsync());
        await doubled.Task;
        Assert.Equal(2, await rig.ReadAsync());
        Assert.Null(rig.Client.Counters.AnotherMaster);
    }
}
