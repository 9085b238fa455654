using System.Net;
using System.Net.Sockets;
using System.Text;
using Flip.Edge.Configuration;
using Flip.Edge.Local;
using Flip.Edge.Logs;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Local;

/// <summary>Clients of the local endpoint that open connections and keep them waiting (slowloris), on real sockets.</summary>
public sealed class SlowClientTests : IAsyncLifetime
{
    private const int Flood = 3 * ConnectionSlots.Most;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _directory = new();
    private readonly List<Socket> _slow = [];
    private HostedDevice _device = null!;
    private EdgeUnderTest _edge = null!;
    private EdgeSettings _settings = null!;
    private Uri _http = null!;

    public async ValueTask InitializeAsync()
    {
        _device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        _http = new($"http://127.0.0.1:{LocalEndpointTests.FreePort()}");
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, null, _device);
        _settings = settings with { Local = settings.Local with { Http = _http } };
        _edge = await EdgeUnderTest.StartAsync(_settings);
    }

    /// <summary>Regression: 64 connections without a byte kept everybody else out of the endpoint for two minutes, and for ever when they were opened anew.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("POST /api/v1/commission HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")]
    [InlineData("POST /api/v1/commission HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n{")]
    [InlineData("GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    public async Task However_many_connections_keep_http_waiting_the_press_gets_through(string sent)
    {
        await FloodAsync(new IPEndPoint(IPAddress.Loopback, _http.Port), sent);

        using HttpClient installer = new() { BaseAddress = _http };
        using HttpResponseMessage pressed = await installer.PostAsync(new Uri("/api/v1/commission", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, pressed.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await _edge.PressAsync()).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("POST /api/v1/site HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16000\r\n\r\n{")]
    [InlineData("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    public async Task However_many_connections_keep_the_socket_waiting_the_press_gets_through(string sent)
    {
        await FloodAsync(new UnixDomainSocketEndPoint(_settings.Local.Socket), sent);

        Assert.Equal(HttpStatusCode.Accepted, (await _edge.PressAsync()).StatusCode);
    }

    [Fact]
    public async Task Never_are_more_connections_kept_than_there_are_slots()
    {
        await FloodAsync(new IPEndPoint(IPAddress.Loopback, _http.Port), "");

        await FaultRig.UntilAsync(() => _slow.Count(OtherEnd.IsClosed) >= Flood - ConnectionSlots.Most);
        Assert.InRange(_slow.Count(socket => !OtherEnd.IsClosed(socket)), 1, ConnectionSlots.Most);
        // One line for the flood, and none for each of its connections.
        Assert.Equal([700], _edge.Services.GetRequiredService<RecentLog>().Lines.Where(line => line.EventId == 700 || line.Category.Contains("Kestrel", StringComparison.Ordinal)).Select(line => line.EventId));
    }

    /// <summary>Kestrel's own timers run without ASP.NET's web host around it.</summary>
    [Theory]
    [InlineData("POST /api/v1/commission HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "408")]
    [InlineData("POST /api/v1/site HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16000\r\n\r\n{", "408")]
    public async Task A_head_or_a_body_that_does_not_come_is_waited_for_some_seconds(string sent, string status)
    {
        using Socket slow = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await slow.ConnectAsync(new UnixDomainSocketEndPoint(_settings.Local.Socket), TestContext.Current.CancellationToken);
        await slow.SendAsync(Encoding.ASCII.GetBytes(sent), TestContext.Current.CancellationToken);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);

        byte[] answer = new byte[1024];
        int length = await slow.ReceiveAsync(answer, limit.Token);

        Assert.StartsWith($"HTTP/1.1 {status}", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Of_event_streams_over_http_there_are_so_many_and_one_more_is_told_so()
    {
        using HttpClient http = new() { BaseAddress = _http };
        List<HttpResponseMessage> open = [];
        for (int i = 0; i < EventStream.MostOverHttp; i++) open.Add(await EventsAsync(http));
        Assert.All(open, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));

        using HttpResponseMessage refused = await EventsAsync(http);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("16 event streams are open", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using HttpResponseMessage onTheSocket = await EventsAsync(_edge.Http);
        Assert.Equal(HttpStatusCode.OK, onTheSocket.StatusCode);

        open.ForEach(stream => stream.Dispose());
        HttpStatusCode status;
        do
        {
            using HttpResponseMessage again = await EventsAsync(http);
            status = again.StatusCode;
        }
        while (status == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    private static Task<HttpResponseMessage> EventsAsync(HttpClient http) =>
        http.GetAsync(new Uri("/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    private async Task FloodAsync(EndPoint where, string sent)
    {
        for (int i = 0; i < Flood; i++)
        {
            Socket socket = new(where.AddressFamily, SocketType.Stream, where is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
            _slow.Add(socket);
            await socket.ConnectAsync(where, TestContext.Current.CancellationToken);
            try
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes(sent), TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                // Closed for the next already.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _slow.ForEach(socket => socket.Dispose());
        await _edge.DisposeAsync();
        await _device.DisposeAsync();
        _directory.Dispose();
    }
}
