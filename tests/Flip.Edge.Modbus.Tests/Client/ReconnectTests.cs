using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.Modbus.Tests.Client;

/// <summary>Peers close idle or long sessions, see https://github.com/tiagocoutinho/modbus-proxy/issues/2.</summary>
public sealed class ReconnectTests
{
    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    public async Task A_connection_closed_between_requests_is_opened_again_silently(Wire wire)
    {
        await using Rig rig = new(wire, null, Answer(1), Answer(2));
        Assert.Equal(1, await rig.ReadAsync());
        Assert.Equal(2, await rig.ReadAsync());
        Assert.Equal(2, rig.Client.Counters.Connects);
    }

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    public async Task A_connection_closed_after_a_doubled_reply_is_opened_again_silently(Wire wire)
    {
        await using Rig rig = new(wire, null, async peer =>
        {
            await peer.RequestAsync();
            byte[] reply = peer.Frame("03 02 0001");
            await peer.SendAsync([.. reply, .. reply]);
        }, Answer(2));
        Assert.Equal(1, await rig.ReadAsync());
        await rig.FirstIsClosed;
        Assert.Equal(2, await rig.ReadAsync());
    }

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    public async Task A_connection_closed_before_the_answer_is_opened_again_silently_for_a_read(Wire wire)
    {
        await using Rig rig = new(wire, null, peer => peer.RequestAsync(), Answer(2));
        Assert.Equal(2, await rig.ReadAsync());
        Assert.Equal(2, rig.Client.Counters.Requests);
    }

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    public async Task A_connection_closed_twice_is_reported_and_the_next_request_works(Wire wire)
    {
        await using Rig rig = new(wire, null, peer => peer.RequestAsync(), peer => peer.RequestAsync(), Answer(3));
        ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(() => rig.ReadAsync(8));
        Assert.Equal(ModbusConnectionFailure.Lost, e.Failure);
        Assert.StartsWith(
            $"{rig.Client.Endpoint.Bus} unit 1, read 1 holding register at 8: the connection was closed by the other side before anything was "
            + "answered; another client may hold the device's only one", e.Message, StringComparison.Ordinal);
        Assert.Equal(wire == Wire.RtuOverTcp, e.Message.EndsWith("or it speaks Modbus TCP: try tcp://", StringComparison.Ordinal));
        Assert.Equal(3, await rig.ReadAsync());
    }

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    public async Task A_connection_closed_in_the_middle_of_the_reply_is_reported(Wire wire)
    {
        await using Rig rig = new(wire, null, async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync(peer.Frame("03 02 0001")[..4]);
        }, Answer(2));
        ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(() => rig.ReadAsync());
        Assert.EndsWith("the connection was closed in the middle of the reply", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, await rig.ReadAsync());
    }

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    public async Task A_write_is_not_repeated_once_it_was_sent(Wire wire)
    {
        await using Rig rig = new(wire, null, peer => peer.RequestAsync(), Answer(2));
        ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(() => rig.WriteAsync(5, 7));
        Assert.EndsWith("whether the device carried out the write is unknown", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, await rig.ReadAsync());
    }

    [Theory]
    [InlineData(Wire.Tcp)]
    [InlineData(Wire.RtuOverTcp)]
    public async Task A_write_over_a_connection_closed_before_goes_over_a_new_one(Wire wire)
    {
        await using Rig rig = new(wire, null, Answer(1), async peer =>
        {
            await peer.RequestAsync();
            await peer.ReplyAsync("06 0005 0007");
            await peer.UntilClosedAsync();
        });
        Assert.Equal(1, await rig.ReadAsync());
        await rig.FirstIsClosed;
        await rig.WriteAsync(5, 7);
        Assert.Equal(2, rig.Client.Counters.Requests);
    }

    [Fact]
    public async Task A_reset_connection_is_opened_again_silently()
    {
        await using Rig rig = new(Wire.Tcp, null, async peer =>
        {
            await peer.RequestAsync();
            peer.Reset();
        }, Answer(2));
        Assert.Equal(2, await rig.ReadAsync());
    }

    [Fact]
    public async Task A_refused_connection_says_that_another_client_may_hold_the_port()
    {
        using Socket unused = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound, so that nobody else takes it, and not listening
        int port = ((IPEndPoint)unused.LocalEndPoint!).Port;
        await using IModbusClient client = ModbusClient.Create(ModbusEndpoint.Parse($"tcp://127.0.0.1:{port}"));
        ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(
            () => client.ReadInputRegistersAsync(9, 30000, 4, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(ModbusConnectionFailure.Refused, e.Failure);
        Assert.Equal(
            $"tcp://127.0.0.1:{port} unit 9, read 4 input registers at 30000: nothing listens on this port, or another client holds it",
            e.Message);
        unused.Listen();
        using Socket accepted = await AcceptWhileReadingAsync(unused, client);
    }

    [Fact]
    public async Task An_unknown_host_is_unreachable()
    {
        await using IModbusClient client = ModbusClient.Create(ModbusEndpoint.Parse("tcp://no-such-host.invalid"));
        ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(
            () => client.ReadInputRegistersAsync(1, 0, 1, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(ModbusConnectionFailure.Unreachable, e.Failure);
    }

    [Fact]
    public async Task A_listener_that_takes_no_more_connections_is_unreachable()
    {
        using Socket full = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        using Socket first = new(SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(full.LocalEndPoint!, TestContext.Current.CancellationToken);
        ModbusTcpEndpoint endpoint = new("127.0.0.1", ((IPEndPoint)full.LocalEndPoint!).Port, 1);
        await using IModbusClient client = ModbusClient.Create(endpoint, new() { ConnectTimeout = Rig.Short });
        ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(
            () => client.ReadInputRegistersAsync(1, 0, 1, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(ModbusConnectionFailure.Unreachable, e.Failure);
        Assert.Contains("no connection within 0.4 s", e.Message, StringComparison.Ordinal);
    }

    private static async Task<Socket> AcceptWhileReadingAsync(Socket listener, IModbusClient client)
    {
        Task<ushort[]> reading = client.ReadHoldingRegistersAsync(1, 0, 1, TestContext.Current.CancellationToken).AsTask();
        Socket accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        NetworkStream stream = new(accepted);
        Peer peer = new(stream, Wire.Tcp, TestContext.Current.CancellationToken);
        await peer.RequestAsync();
        await peer.ReplyAsync("03 02 0004");
        Assert.Equal([4], await reading);
        return accepted;
    }

    private static Func<Peer, Task> Answer(int value) => async peer =>
    {
        await peer.RequestAsync();
        await peer.ReplyAsync($"03 02 {value:X4}");
        if (value > 1) await peer.UntilClosedAsync();
    };
}
