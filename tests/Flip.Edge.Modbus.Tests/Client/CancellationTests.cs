using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.Modbus.Tests.Client;

public sealed class CancellationTests
{
    private static readonly ModbusClientOptions Patient = new() { ResponseTimeout = TimeSpan.FromSeconds(1) };

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    [InlineData(Wire.Rtu)]
    public async Task A_request_given_up_by_its_caller_ends_at_once_and_the_next_gets_its_own_answer(Wire wire)
    {
        TaskCompletionSource asked = new();
        TaskCompletionSource givenUp = new();
        async Task FirstAsync(Peer peer)
        {
            await peer.RequestAsync();
            byte[] late = peer.Frame("03 02 0001");
            asked.SetResult();
            await givenUp.Task;
            if (wire != Wire.Tcp) await peer.SendAsync(late); // no further request comes before it
            await peer.RequestAsync();
            if (wire == Wire.Tcp) await peer.SendAsync(late);
            await peer.ReplyAsync("03 02 0002");
            await peer.UntilClosedAsync();
        }

        using CancellationTokenSource source = new();
        await using Rig rig = new(wire, Patient, FirstAsync);
        Task<int> first = rig.ReadAsync(unit: 1, ct: source.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        await source.CancelAsync();
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(source.Token, e.CancellationToken);
        givenUp.SetResult();
        Assert.Equal(2, await rig.ReadAsync());
    }

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    [InlineData(Wire.Rtu)]
    public async Task A_request_given_up_before_its_turn_is_not_sent(Wire wire)
    {
        TaskCompletionSource asked = new();
        TaskCompletionSource answer = new();
        await using Rig rig = new(wire, new() { ResponseTimeout = TimeSpan.FromSeconds(5) }, async peer =>
        {
            await peer.RequestAsync();
            asked.SetResult();
            await answer.Task;
            await peer.ReplyAsync("03 02 0001");
            await peer.RequestAsync();
            await peer.ReplyAsync("03 02 0003");
            await peer.UntilClosedAsync();
        });
        using CancellationTokenSource source = new();
        Task<int> first = rig.ReadAsync();
        await asked.Task;
        Task<int> second = rig.ReadAsync(ct: source.Token);
        Task<int> third = rig.ReadAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        answer.SetResult();
        Assert.Equal(1, await first);
        Assert.Equal(3, await third);
        Assert.Equal(2, rig.Client.Counters.Requests);
    }

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    [InlineData(Wire.Rtu)]
    public async Task Disposing_the_client_ends_the_request_under_way_and_those_that_wait(Wire wire)
    {
        TaskCompletionSource asked = new();
        await using Rig rig = new(wire, new() { ResponseTimeout = TimeSpan.FromSeconds(30) }, async peer =>
        {
            await peer.RequestAsync();
            asked.SetResult();
            await peer.UntilClosedAsync();
        });
        Task<int> first = rig.ReadAsync();
        Task<int> second = rig.ReadAsync();
        await asked.Task;
        await rig.Client.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => second);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => rig.ReadAsync());
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_connecting_ends_at_once()
    {
        using Socket full = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        using Socket first = new(SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(full.LocalEndPoint!, TestContext.Current.CancellationToken);
        await using IModbusClient client = ModbusClient.Create(
            new ModbusTcpEndpoint("127.0.0.1", ((IPEndPoint)full.LocalEndPoint!).Port, 1), new() { ConnectTimeout = TimeSpan.FromMinutes(1) });
        using CancellationTokenSource source = new();
        Task<ushort[]> reading = client.ReadInputRegistersAsync(1, 0, 1, source.Token).AsTask();
        Assert.False(reading.IsCompleted);
        await source.CancelAsync();
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(source.Token, e.CancellationToken);
    }
}
