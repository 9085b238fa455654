using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.Flapping;

/// <summary>One connection through a <see cref="FlappingPort"/>, with the trouble that the port has at each moment.</summary>
internal sealed class FlappingLine : IDisposable
{
    private const int PassedBeforeCut = 5;
    private readonly FlappingPort _port;
    private readonly Socket _client;
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public FlappingLine(FlappingPort port, Socket client, int target)
    {
        (_port, _client) = (port, client);
        _client.NoDelay = _server.NoDelay = true;
        Ended = RunAsync(target);
    }

    public Task Ended { get; }

    public void Dispose() => Close(reset: true);

    /// <summary>Ends it: with a reset, or in order.</summary>
    public void Close(bool reset)
    {
        if (reset) _client.Close(0);
        else _client.Close();
        _server.Close();
    }

    private async Task RunAsync(int target)
    {
        try
        {
            await _server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, target));
            Task up = PumpAsync(_client, _server, isAnswer: false);
            Task down = PumpAsync(_server, _client, isAnswer: true);
            await await Task.WhenAny(up, down);
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // One side left, or the port closed the line: both sides end.
        }
        finally
        {
            Close(reset: false);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isAnswer)
    {
        byte[] buffer = new byte[4096];
        while (await from.ReceiveAsync(buffer) is > 0 and int got)
        {
            _port.Use();
            if (_port.Trouble == Trouble.Silent) continue;
            if (isAnswer && _port.Trouble == Trouble.CutMidway)
            {
                await to.SendAsync(buffer.AsMemory(0, Math.Min(got, PassedBeforeCut)));
                Close(reset: true);
                return;
            }

            for (int sent = 0; sent < got;) sent += await to.SendAsync(buffer.AsMemory(sent, got - sent));
        }
    }
}
