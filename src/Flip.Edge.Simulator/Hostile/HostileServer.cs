using System.Net;
using System.Net.Sockets;
using Flip.Edge.Modbus;

namespace Flip.Edge.Simulator.Hostile;

/// <summary>Serves a device's registers on a TCP port that misbehaves.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<(HostileStream Line, Task Serving)> _lines = [];
    private readonly IRegisterBank _bank;
    private readonly IReadOnlyList<WireTrouble> _troubles;
    private readonly TimeProvider _time;
    private readonly Task _accepting;

    /// <exception cref="SocketException">The port is taken, or may not be used by this user.</exception>
    public HostileServer(IRegisterBank bank, int port, IReadOnlyList<WireTrouble> troubles, TimeProvider time)
    {
        (_bank, _troubles, _time) = (bank, troubles, time);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        var listens = troubles.All(trouble => trouble.Listens);
        if (listens) _listener.Listen();
        _accepting = listens ? AcceptAsync() : Task.CompletedTask; // bound all the same, so that nobody else takes the port
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        Task[] serving;
        lock (_lock) serving = [.. _lines.Select(line => line.Serving)];
        await Task.WhenAll(serving).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        for (var number = 1; ; number++)
        {
            try
            {
                Admit(await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false), number);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client left before it was accepted.
            }
        }
    }

    private void Admit(Socket client, int number)
    {
        client.NoDelay = true;
        lock (_lock)
        {
            _lines.RemoveAll(line => line.Serving.IsCompleted);
            HostileStream[] others = [.. _lines.Select(line => line.Line)];
            if (!_troubles.All(trouble => trouble.Admits(others)))
            {
                client.Close(0);
                return;
            }

            var line = new HostileStream(new NetworkStream(client, ownsSocket: true), _troubles.Any(trouble => trouble.SpeaksRtu), number, _troubles, _time);
            _lines.Add((line, Task.Run(() => ServeAsync(line))));
        }
    }

    private async Task ServeAsync(HostileStream line)
    {
        await using (line.ConfigureAwait(false))
        {
            try
            {
                var opened = line.OpenedAsync(_stop.Token);
                if (line.IsRtu)
                {
                    var server = ModbusRtuServer.Start(_bank, line, timeProvider: _time);
                    await using (server.ConfigureAwait(false)) await server.Completion.WaitAsync(_stop.Token).ConfigureAwait(false);
                }
                else
                {
                    await ModbusTcpServer.ServeAsync(_bank, line, _stop.Token).ConfigureAwait(false);
                }

                await opened.ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The client left or was cut off, or the server stops.
            }
        }
    }
}
