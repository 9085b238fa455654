using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Flip.Edge.Cloud.Tests;

/// <summary>A server on a loopback port that does to each connection what the test says, byte by byte.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Stream, RawServer, Task> _serve;
    private readonly Task _loop;
    private int _connections;

    private RawServer(Func<Stream, RawServer, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _loop = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Url => new($"http://127.0.0.1:{Port}");

    public int Connections => _connections;

    /// <summary>The head of the last request.</summary>
    public string Head { get; private set; } = "";

    /// <summary>The heads of all requests.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    /// <summary>The first lines of all requests, without the version.</summary>
    public string[] Lines => [.. Heads.Select(head => head.Split(" HTTP/")[0])];

    /// <summary>The body of the last request.</summary>
    public byte[] Body { get; private set; } = [];

    public CancellationToken Stopped => _stop.Token;

    public static RawServer Start(Func<Stream, RawServer, Task> serve) => new(serve);

    /// <summary>Reads one request, answers these words (with \n for CRLF in the head), and closes.</summary>
    public static RawServer Answer(string head, string body = "") => new(async (stream, server) =>
    {
        await server.ReadRequestAsync(stream);
        await WriteAsync(stream, head.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n" + body);
    });

    /// <summary>The same with a correct Content-Length.</summary>
    public static RawServer Reply(int status, string body, string headers = "") =>
        Answer($"HTTP/1.1 {status} Whatever\nContent-Type: application/json\nContent-Length: {Encoding.UTF8.GetByteCount(body)}{(headers.Length > 0 ? "\n" + headers : "")}", body);

    /// <summary>Answers each request by its first line, <c>GET /v1/sites</c>.</summary>
    public static RawServer Script(Func<string, Reply> answer) => new(async (stream, server) =>
    {
        await server.ReadRequestAsync(stream);
        Reply reply = answer(server.Head.Split(" HTTP/")[0]);
        string head = $"HTTP/1.1 {reply.Status} Whatever\r\nContent-Type: {reply.MediaType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(reply.Body)}\r\n";
        await WriteAsync(stream, head + (reply.Header is { } header ? header + "\r\n" : "") + "\r\n" + reply.Body);
    });

    public static async Task WriteAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task ReadRequestAsync(Stream stream)
    {
        MemoryStream bytes = new();
        byte[] buffer = new byte[4096];
        while (true)
        {
            int read = await stream.ReadAsync(buffer, Stopped);
            if (read == 0) return;
            bytes.Write(buffer, 0, read);
            byte[] all = bytes.ToArray();
            int end = all.AsSpan().IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            Head = Encoding.ASCII.GetString(all, 0, end);
            int length = Head.Split("\r\n").Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                .Select(line => int.Parse(line[15..])).SingleOrDefault();
            if (all.Length < end + 4 + length) continue;
            Body = all[(end + 4)..];
            Heads.Enqueue(Head);
            return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> served = [];
        try
        {
            while (true) served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(Stopped)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref _connections);
        using TcpClient open = client;
        try
        {
            Stream stream = open.GetStream();
            await _serve(stream, this);

            // Half-closing first lets the client read all that was written, where a plain close could reset the connection.
            open.Client.Shutdown(SocketShutdown.Send);
            byte[] rest = new byte[4096];
            while (await stream.ReadAsync(rest, Stopped) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException or AuthenticationException)
        {
            // The client has left, or the test is over.
        }
    }
}

/// <summary>One answer of a <see cref="RawServer.Script"/>.</summary>
internal sealed record Reply(int Status, string Body)
{
    public string MediaType { get; init; } = "application/json";

    public string? Header { get; init; }
}
