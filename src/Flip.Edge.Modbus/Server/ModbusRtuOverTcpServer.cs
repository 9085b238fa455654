using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.Modbus;

/// <summary>A small server of RTU frames over TCP, as serial device servers speak it, for simulators and tests.</summary>
public sealed class ModbusRtuOverTcpServer : IAsyncDisposable
{
    private readonly SocketListener _listener;

    private ModbusRtuOverTcpServer(IRegisterBank bank, IPEndPoint endpoint, TimeProvider time, CancellationToken ct) =>
        _listener = new SocketListener(endpoint, async (client, stop) =>
        {
            NetworkStream line = new(client);
            await using (line.ConfigureAwait(false)) await RtuResponder.ServeAsync(bank, line, time, stop).ConfigureAwait(false);
        }, ct);

    /// <summary>The port listened on, of use when it was asked for as 0.</summary>
    public int Port => _listener.Port;

    /// <summary>Starts listening.</summary>
    /// <param name="bank">Answers the requests.</param>
    /// <param name="endpoint">Address and port; port 0 takes a free one.</param>
    /// <param name="timeProvider">The clock by which a half frame is given up.</param>
    /// <param name="ct">Stops the server, as disposing does.</param>
    /// <exception cref="SocketException">The port is taken, or may not be used by this user.</exception>
    public static Task<ModbusRtuOverTcpServer> StartAsync(
        IRegisterBank bank, IPEndPoint endpoint, TimeProvider? timeProvider = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(bank);
        ArgumentNullException.ThrowIfNull(endpoint);
        return Task.FromResult(new ModbusRtuOverTcpServer(bank, endpoint, timeProvider ?? TimeProvider.System, ct));
    }

    /// <summary>Stops listening and closes every client.</summary>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();
}
