using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Flip.Edge.SystemTests.Support;

/// <summary>The end of systemd that a service talks to (sd_notify(3)): it keeps what it was told.</summary>
internal sealed class FakeSystemd : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _listening;

    public FakeSystemd()
    {
        _socket.Bind(new UnixDomainSocketEndPoint(_folder["notify"]));
        _listening = ListenAsync();
    }

    public ConcurrentQueue<string> Told { get; } = new();

    /// <summary>How often the watchdog was fed.</summary>
    public int Fed => Told.Count(message => message == "WATCHDOG=1");

    /// <summary>A runtime directory for the service, which outlives its process.</summary>
    public string RuntimeDirectory => _folder.Root;

    /// <summary>Starts the daemons of a gateway as systemd does, though not as their parent.</summary>
    public void Adopt(EdgeProcess edge, TimeSpan? watchdog = null)
    {
        edge.Environment["NOTIFY_SOCKET"] = _folder["notify"];
        edge.Environment["RUNTIME_DIRECTORY"] = RuntimeDirectory;
        if (watchdog is { } limit) edge.Environment["WATCHDOG_USEC"] = $"{(long)limit.TotalMicroseconds}";
    }

    public Task HearsAsync(Func<string, bool> message, string what, EdgeProcess edge) =>
        Eventually.TrueAsync(() => Told.Any(message), what, () => $"{string.Join('\n', Told)}\n{edge.Story}");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _end.Dispose();
        _folder.Dispose();
    }

    private async Task ListenAsync()
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            int length = await _socket.ReceiveAsync(buffer, SocketFlags.None, _end.Token);
            Told.Enqueue(Encoding.UTF8.GetString(buffer, 0, length));
        }
    }
}
