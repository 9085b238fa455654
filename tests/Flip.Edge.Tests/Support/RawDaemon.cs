using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Flip.Edge.Tests.Support;

/// <summary>What listens on the daemon's socket, and answers each request with the same bytes, whatever they are.</summary>
internal sealed class RawDaemon : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<Socket> _open = new();
    private readonly Task _work;

    /// <param name="path">The socket.</param>
    /// <param name="answer">Comes once a request's head is read.</param>
    /// <param name="thenIsMute">Whether the connection stays open then; else it is closed.</param>
    public RawDaemon(string path, string answer, bool thenIsMute = false)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _work = ServeAsync(Encoding.UTF8.GetBytes(answer), thenIsMute);
    }

    /// <summary>The first line of each request, as <c>GET /api/v1/status HTTP/1.1</c>.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>An answer of HTTP.</summary>
    public static string Http(int status, string body, int? length = null) =>
        $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {length ?? Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (Socket open in _open) open.Dispose();
        await _work;
    }

    private async Task ServeAsync(byte[] answer, bool thenIsMute)
    {
        while (await AcceptAsync() is { } connection)
        {
            _open.Enqueue(connection);
            StringBuilder head = new();
            byte[] buffer = new byte[4096];
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await connection.ReceiveAsync(buffer) is var count and > 0)
            {
                head.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }

            _requests.Enqueue(head.ToString().Split("\r\n")[0]);
            if (answer.Length > 0) await connection.SendAsync(answer);
            if (!thenIsMute) connection.Dispose();
        }
    }

    private async Task<Socket?> AcceptAsync()
    {
        try
        {
            return await _listener.AcceptAsync();
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
