using System.Net;
using System.Net.Sockets;
using Flip.Edge.Simulator.Pty;

namespace Flip.Edge.Modbus.Tests;

/// <summary>A client, and a device at the other end of its wire that follows a script for each connection.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(20), TimeProvider.System);
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly PseudoTerminal? _pty;
    private readonly Wire _wire;
    private readonly TaskCompletionSource _firstIsClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _device;

    public Rig(Wire wire, ModbusClientOptions? options, params Func<Peer, Task>[] connections)
        : this(wire, options, null, connections)
    {
    }

    public Rig(Wire wire, ModbusClientOptions? options, TimeProvider? time, params Func<Peer, Task>[] connections)
    {
        _wire = wire;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        int port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        if (wire == Wire.Rtu) _pty = new PseudoTerminal();
        Client = ModbusClient.Create(
            wire switch
            {
                Wire.Tcp => new ModbusTcpEndpoint("127.0.0.1", port, 1),
                Wire.RtuOverTcp => new ModbusRtuOverTcpEndpoint("127.0.0.1", port, 1),
                _ => new ModbusRtuEndpoint(_pty!.SlavePath, 115200, SerialParity.None, 1, 1),
            },
            options, time);
        _device = wire == Wire.Rtu ? FollowOnLineAsync(connections) : FollowAsync(connections);
    }

    public IModbusClient Client { get; }

    /// <summary>Ends when the peer has closed its first connection. On loopback the client's end knows it then.</summary>
    public Task FirstIsClosed => _firstIsClosed.Task;

    public PseudoTerminal Pty => _pty!;

    /// <summary>Reads one register with function 3.</summary>
    public async Task<int> ReadAsync(ushort address = 0, byte unit = 1, CancellationToken? ct = null) =>
        (await Client.ReadHoldingRegistersAsync(unit, address, 1, ct ?? _limit.Token))[0];

    public async Task WriteAsync(ushort address, ushort value) => await Client.WriteSingleRegisterAsync(1, address, value, _limit.Token);

    public async Task WriteAsync(ushort address, ushort[] values) => await Client.WriteMultipleRegistersAsync(1, address, values, _limit.Token);

    /// <summary>Ends the client; then the script must have gone as written.</summary>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await (_pty?.DisposeAsync() ?? default);
        try
        {
            await _device;
        }
        catch (EndOfStreamException)
        {
            // The test failed before the script was through, and its own exception says more.
        }
        finally
        {
            _listener.Dispose();
            _limit.Dispose();
        }
    }

    private async Task FollowAsync(Func<Peer, Task>[] connections)
    {
        foreach (Func<Peer, Task> script in connections)
        {
            using (Socket socket = await _listener.AcceptAsync(_limit.Token))
            {
                socket.NoDelay = true;
                await using NetworkStream stream = new(socket);
                await script(new Peer(stream, _wire, _limit.Token));
            }

            _firstIsClosed.TrySetResult();
        }
    }

    private async Task FollowOnLineAsync(Func<Peer, Task>[] connections)
    {
        foreach (Func<Peer, Task> script in connections) await script(new Peer(_pty!.Master, _wire, _limit.Token));
    }
}
