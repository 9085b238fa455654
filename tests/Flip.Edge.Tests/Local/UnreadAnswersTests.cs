using System.Net;
using System.Net.Sockets;
using System.Text;
using Flip.Edge.Configuration;
using Flip.Edge.Local;
using Flip.Edge.Logs;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Local;

/// <summary>
/// An attacker's finding: ninety connections that sent requests and read no answer counted as being answered, and ended the event streams and the waits of those
/// who did read, because these were older.
/// </summary>
public sealed class UnreadAnswersTests : IAsyncLifetime
{
    private const int Flood = 2 * ConnectionSlots.Most;
    private const string Events = "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n";

    // More answers than the buffers between daemon and client hold.
    private static readonly byte[] Unread = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)));

    private readonly TempDirectory _directory = new();
    private readonly List<Socket> _silent = [];
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private EdgeUnderTest _edge = null!;
    private EdgeSettings _settings = null!;
    private Uri _http = null!;

    private EndPoint OnTheSocket => new UnixDomainSocketEndPoint(_settings.Local.Socket);

    public async ValueTask InitializeAsync()
    {
        _http = new($"http://127.0.0.1:{LocalEndpointTests.FreePort()}");
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, null) with { Devices = [Settings.Device("xyz-123", "tcp://127.0.0.1:9?unit=1")] };
        _settings = settings with { Local = settings.Local with { Http = _http } };
        _edge = await EdgeUnderTest.StartAsync(_settings, _time);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_event_stream_that_is_read_outlives_whoever_reads_no_answer_and_a_press_gets_through(bool onTheSocket)
    {
        EndPoint where = onTheSocket ? OnTheSocket : new IPEndPoint(IPAddress.Loopback, _http.Port);
        using Socket follower = await ConnectAsync(where);
        await follower.SendAsync(Encoding.ASCII.GetBytes(Events), TestContext.Current.CancellationToken);
        await UntilReadAsync(follower, "event: status");

        for (int i = 0; i < Flood; i++)
        {
            Socket silent = await ConnectAsync(where);
            _silent.Add(silent);
            SendWhatFits(silent);
            await FaultRig.UntilAsync(() => silent.Available > 0);
        }

        using (HttpResponseMessage pressed = await PressAsync(onTheSocket)) Assert.Equal(HttpStatusCode.Accepted, pressed.StatusCode);
        await UntilReadAsync(follower, "\"requested\":true");
        Assert.DoesNotContain(_edge.Services.GetRequiredService<RecentLog>().Lines, line => line.Category.Contains("Kestrel", StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task Event_streams_that_nobody_reads_go_for_one_that_is_wanted()
    {
        for (int i = 0; i < EventStream.MostOnSocket; i++)
        {
            Socket silent = await ConnectAsync(OnTheSocket);
            _silent.Add(silent);
            await silent.SendAsync(Encoding.ASCII.GetBytes(Events), TestContext.Current.CancellationToken);
            await FaultRig.UntilAsync(() => silent.Available > 0);
        }

        // Whoever has a busy machine is not thrown out at once.
        using (HttpResponseMessage tooSoon = await EventsAsync()) Assert.Equal(HttpStatusCode.ServiceUnavailable, tooSoon.StatusCode);
        _time.Advance(TimeSpan.FromSeconds(3));

        using HttpResponseMessage wanted = await EventsAsync();
        Assert.Equal(HttpStatusCode.OK, wanted.StatusCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task Event_streams_that_are_read_stay_and_one_more_is_told_so()
    {
        List<Socket> followers = [];
        for (int i = 0; i < EventStream.MostOnSocket; i++)
        {
            Socket follower = await ConnectAsync(OnTheSocket);
            _silent.Add(follower);
            followers.Add(follower);
            await follower.SendAsync(Encoding.ASCII.GetBytes(Events), TestContext.Current.CancellationToken);
            await UntilReadAsync(follower, "event: status");
        }

        await UntilQuietAsync(followers);
        _time.Advance(TimeSpan.FromSeconds(3));

        using HttpResponseMessage refused = await EventsAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("32 event streams are open on the socket", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.All(followers, follower => Assert.False(OtherEnd.IsClosed(follower)));
    }

    /// <summary>Regression: a megabyte of requests was read ahead for each connection, and 128 of those were more memory than the service has.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Of_a_client_that_reads_no_answer_no_more_is_taken_than_the_kernels_buffers_hold()
    {
        Socket silent = await ConnectAsync(OnTheSocket);
        _silent.Add(silent);
        silent.Blocking = false;
        int sent = 0;
        try
        {
            while (sent < 4_000_000 && silent.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectWrite))
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                sent += silent.Send(Unread.AsSpan(0, 4000));
            }
        }
        catch (SocketException)
        {
            // No more is taken.
        }

        Assert.InRange(sent, 4000, 800_000);
    }

    private Task<HttpResponseMessage> EventsAsync() =>
        _edge.Http.GetAsync(new Uri("/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    private async Task<HttpResponseMessage> PressAsync(bool onTheSocket)
    {
        if (onTheSocket) return await _edge.PressAsync();
        using HttpClient installer = new() { BaseAddress = _http };
        return await installer.PostAsync(new Uri("/api/v1/commission", UriKind.Relative), null, TestContext.Current.CancellationToken);
    }

    private static async Task<Socket> ConnectAsync(EndPoint where)
    {
        Socket socket = new(where.AddressFamily, SocketType.Stream, where is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        if (where is IPEndPoint) socket.ReceiveBufferSize = 4096;
        await socket.ConnectAsync(where, TestContext.Current.CancellationToken);
        return socket;
    }

    private static void SendWhatFits(Socket socket)
    {
        socket.Blocking = false;
        try
        {
            for (int i = 0; i < 20; i++) socket.Send(Unread);
        }
        catch (SocketException)
        {
            // No more fits, or it was closed for the next already.
        }
    }

    private static async Task UntilReadAsync(Socket socket, string expected)
    {
        StringBuilder read = new();
        byte[] buffer = new byte[16 * 1024];
        while (!read.ToString().Contains(expected, StringComparison.Ordinal))
        {
            int length = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            Assert.True(length > 0, $"the connection was closed after: {read}");
            read.Append(Encoding.UTF8.GetString(buffer, 0, length));
        }
    }

    // The device is looked for in the meantime, which is an event for each.
    private async Task UntilQuietAsync(List<Socket> followers)
    {
        await _edge.UntilAsync("the device is looked for", status => status.GetProperty("devices")[0].GetProperty("state").GetString() == "unreachable");
        foreach (Socket follower in followers)
        {
            while (follower.Available > 0) await follower.ReceiveAsync(new byte[16 * 1024], TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _silent.ForEach(socket => socket.Dispose());
        await _edge.DisposeAsync();
        _directory.Dispose();
    }
}
