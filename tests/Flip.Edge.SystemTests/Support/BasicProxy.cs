using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Flip.Edge.SystemTests.Support;

/// <summary>An HTTP proxy that wants a name and a password (RFC 7617), asks for them with 407, and passes on what comes with them.</summary>
internal sealed class BasicProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly string _login;
    private readonly int _target;
    private readonly Task _accepting;
    private int _passed;

    public BasicProxy(string login, int target)
    {
        (_login, _target) = ($"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(login))}\r\n", target);
        _listener.Start();
        Address = new($"http://{login}@127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>With the login, as HTTP_PROXY has it.</summary>
    public Uri Address { get; }

    /// <summary>Requests that were passed on.</summary>
    public int Passed => Volatile.Read(ref _passed);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using TcpClient client = accepted;
        try
        {
            NetworkStream stream = client.GetStream();
            while (await HeadAsync(stream) is { } head)
            {
                if (!head.Contains(_login, StringComparison.OrdinalIgnoreCase))
                {
                    await stream.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"home\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _end.Token);
                    return;
                }

                Interlocked.Increment(ref _passed);
                using TcpClient server = new();
                await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                NetworkStream onward = server.GetStream();
                await onward.WriteAsync(Encoding.ASCII.GetBytes(head), _end.Token);
                await Task.WhenAny(stream.CopyToAsync(onward, _end.Token), onward.CopyToAsync(stream, _end.Token));
                return;
            }
        }
        catch (Exception away) when (away is IOException or SocketException or OperationCanceledException)
        {
            // Either side may go at any moment.
        }
    }

    /// <summary>Up to the empty line; null where the client has gone. Byte by byte, so that nothing of the body is taken.</summary>
    private async Task<string?> HeadAsync(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0) return null;
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
