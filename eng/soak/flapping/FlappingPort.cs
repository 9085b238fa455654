using System.Net;
using System.Net.Sockets;

namespace Flip.Edge.Flapping;

/// <summary>A loopback port in front of a server that works, with which the troubles are made.</summary>
/// <param name="target">The server's port.</param>
internal sealed class FlappingPort(int target) : IAsyncDisposable
{
    private static readonly TimeSpan TimeToBind = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly List<FlappingLine> _lines = [];
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private long _lastUse;

    /// <summary>Where the daemon connects; the same after every trouble.</summary>
    public int Port { get; private set; }

    public Trouble Trouble { get; private set; }

    /// <summary>Connections that came so far.</summary>
    public int Connections { get; private set; }

    /// <summary>How long no connection came and no byte passed, in real time.</summary>
    public TimeSpan Idle => TimeProvider.System.GetElapsedTime(Volatile.Read(ref _lastUse));

    public void Use() => Volatile.Write(ref _lastUse, TimeProvider.System.GetTimestamp());

    /// <summary>Begins a trouble, or ends it. What a trouble has left hanging is reset when it ends, as a part that starts anew does.</summary>
    /// <exception cref="IOException">Somebody else took the port meanwhile.</exception>
    public async Task BecomeAsync(Trouble trouble, CancellationToken cancellationToken)
    {
        bool hangs = Trouble == Trouble.Silent;
        Trouble = trouble;
        Use();
        if (trouble == Trouble.Refused) await StopListeningAsync();
        if (hangs || trouble is Trouble.Refused or Trouble.Reset) CloseLines(reset: trouble != Trouble.Refused);
        if (trouble != Trouble.Refused) await ListenAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopListeningAsync();
        CloseLines(reset: true);
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (_listener is not null) return;
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
                listener.Listen();
                Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
                (_listener, _accepting) = (listener, AcceptAsync(listener));
                return;
            }
            catch (SocketException taken)
            {
                listener.Dispose();
                if (TimeProvider.System.GetElapsedTime(began) > TimeToBind) throw new IOException($"port {Port} can't be listened on again: {taken.Message}", taken);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }
        }
    }

    private async Task StopListeningAsync()
    {
        _listener?.Dispose();
        _listener = null;
        await _accepting;
    }

    private void CloseLines(bool reset)
    {
        FlappingLine[] lines;
        lock (_gate)
        {
            lines = [.. _lines];
            _lines.Clear();
        }

        foreach (FlappingLine line in lines) line.Close(reset);
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync();
            }
            catch (SocketException)
            {
                return; // Disposed while it waited.
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            Use();
            Admit(client);
            Connections++;
        }
    }

    private void Admit(Socket client)
    {
        if (Trouble == Trouble.Reset)
        {
            client.Close(0);
            return;
        }

        FlappingLine line = new(this, client, target);
        lock (_gate)
        {
            _lines.RemoveAll(other => other.Ended.IsCompleted);
            _lines.Add(line);
        }
    }
}
