namespace Flip.Edge.Modbus.Tests.Client;

/// <summary>Some gateways never echo the transaction id, see https://github.com/kellerza/sunsynk/issues/680.</summary>
public sealed class TransactionIdTests
{
    private static readonly ModbusClientOptions Impatient = new() { ResponseTimeout = TimeSpan.FromSeconds(0.6) };

    [Theory]
    [InlineData(0)] // a constant
    [InlineData(1)]
    [InlineData(7)]
    public async Task An_id_that_is_never_echoed_is_found_out_by_the_first_time_out(int id)
    {
        await using Rig rig = new(Wire.Tcp, Impatient, AnsweringAs((ushort)id, 1), AnsweringAs((ushort)id, 2, 3));
        ModbusTimeoutException e = await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync());
        Assert.EndsWith("a reply came that carries none of our transaction ids; from now on they are not compared", e.Message, StringComparison.Ordinal);
        Assert.True(rig.Client.Counters.IgnoresTransactionId);
        Assert.Equal(2, await rig.ReadAsync());
        Assert.Equal(3, await rig.ReadAsync());
        Assert.Equal(2, rig.Client.Counters.Connects); // after the time-out
    }

    [Fact]
    public async Task A_gateway_that_counts_one_ahead_is_found_out_too()
    {
        Func<Peer, Task> ahead = async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync(peer.Frame("03 02 0002", transaction: (ushort)(peer.Transaction + 1)));
            await peer.UntilClosedAsync();
        };
        await using Rig rig = new(Wire.Tcp, Impatient, ahead, ahead);
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync());
        Assert.Equal(2, await rig.ReadAsync());
    }

    [Fact]
    public async Task Told_beforehand_it_costs_no_time_out()
    {
        await using Rig rig = new(Wire.Tcp, Impatient with { IgnoreTransactionId = true }, AnsweringAs(0, 1, 2));
        Assert.Equal(1, await rig.ReadAsync());
        Assert.Equal(2, await rig.ReadAsync());
        Assert.Equal(0, rig.Client.Counters.Timeouts);
    }

    [Fact]
    public async Task A_late_reply_never_makes_ids_be_ignored()
    {
        await using Rig rig = new(Wire.Tcp, Impatient, async peer =>
        {
            await peer.RequestAsync();
            byte[] late = peer.Frame("03 02 0001");
            await peer.RequestAsync();
            await peer.SendAsync(late);
            await peer.UntilClosedAsync();
        });
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync());
        await Assert.ThrowsAsync<ModbusTimeoutException>(() => rig.ReadAsync());
        Assert.Equal(1, rig.Client.Counters.LateReplies);
        Assert.False(rig.Client.Counters.IgnoresTransactionId);
    }

    [Fact]
    public async Task A_stranger_before_the_right_answer_never_makes_ids_be_ignored()
    {
        await using Rig rig = new(Wire.Tcp, Impatient, async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync(peer.Frame("03 02 0009", transaction: 0));
            await peer.ReplyAsync("03 02 0001");
            await peer.UntilClosedAsync();
        });
        Assert.Equal(1, await rig.ReadAsync());
        Assert.False(rig.Client.Counters.IgnoresTransactionId);
    }

    [Theory]
    [InlineData("03 04 0001 0002", 1)]
    [InlineData("04 02 0009", 1)]
    [InlineData("03 02 0009", 2)]
    public async Task Without_ids_a_reply_of_another_length_function_or_unit_is_still_no_answer(string pdu, byte unit)
    {
        await using Rig rig = new(Wire.Tcp, Impatient with { IgnoreTransactionId = true }, async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync(peer.Frame(pdu, unit, 0));
            await peer.SendAsync(peer.Frame("03 02 0001", transaction: 0));
            await peer.UntilClosedAsync();
        });
        Assert.Equal(1, await rig.ReadAsync());
    }

    [Fact]
    public async Task Without_ids_a_doubled_reply_is_not_taken_for_the_next()
    {
        TaskCompletionSource doubled = new();
        await using Rig rig = new(Wire.Tcp, Impatient with { IgnoreTransactionId = true }, async peer =>
        {
            await peer.RequestAsync();
            byte[] reply = peer.Frame("03 02 0001", transaction: 0);
            await peer.SendAsync([.. reply, .. reply]);
            doubled.SetResult();
            await peer.RequestAsync();
            await peer.SendAsync(peer.Frame("03 02 0002", transaction: 0));
            await peer.UntilClosedAsync();
        });
        Assert.Equal(1, await rig.ReadAsync());
        await doubled.Task;
        Assert.Equal(2, await rig.ReadAsync());
    }

    private static Func<Peer, Task> AnsweringAs(ushort id, params int[] values) => async peer =>
    {
        foreach (int value in values)
        {
            await peer.RequestAsync();
            await peer.SendAsync(peer.Frame($"03 02 {value:X4}", transaction: id));
        }

        await peer.UntilClosedAsync();
    };
}
