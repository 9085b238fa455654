using System.Net;
using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>The local endpoint, the same on the socket and on loopback HTTP, and closed to web pages.</summary>
public sealed class LocalEndpointTests : IAsyncLifetime
{
    private readonly Uri _http = new($"http://127.0.0.1:{FreePort.Next()}");
    private HostedDevice _device = null!;
    private MockFlipCloud _cloud = null!;
    private EdgeProcess _edge = null!;

    public async ValueTask InitializeAsync()
    {
        _device = await Site.DeviceAsync();
        _cloud = await Site.CloudAsync("422");
        JsonObject configuration = Site.Configuration(_cloud, _device);
        configuration["Local"]!["Http"] = _http.GetLeftPart(UriPartial.Authority);
        _edge = await EdgeProcess.StartAsync(configuration);
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _cloud.DisposeAsync();
        await _device.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_path_answers_with_its_content_type(bool overSocket)
    {
        using HttpClient client = _edge.Client(overSocket ? null : _http);
        Assert.Contains("\"gateway_id\":\"gw-0001\"", await BodyAsync(client, "api/v1/status", 200, "application/json"), StringComparison.Ordinal);
        Assert.Contains("\"devices\":[{\"id\":\"xyz-123\"", await BodyAsync(client, "api/v1/nameplate", 200, "application/json"), StringComparison.Ordinal);
        Assert.Contains("\"status\":404", await BodyAsync(client, "api/v1/enrollment", 404, "application/problem+json"), StringComparison.Ordinal);
        Assert.Equal("ok\n", await BodyAsync(client, "healthz", 200, "text/plain"));
        string metrics = await BodyAsync(client, "metrics", 200, "text/plain");
        Assert.Contains("flip_edge_commissioning_state{state=\"waiting\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.All(metrics.TrimEnd('\n').Split('\n'), line => Assert.Matches(@"^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[^}]*\})? -?\d+(\.\d+)?)$", line));
        using HttpResponseMessage unknown = await client.GetAsync(new Uri("api/v1/none", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Events_begin_with_the_status_and_tell_each_change()
    {
        using HttpClient client = _edge.Client(_http);
        using HttpResponseMessage stream = await client.GetAsync(
            new Uri("api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        using StreamReader lines = new(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal("waiting", await NextStateAsync(lines));

        await _edge.PressAsync();
        List<string> states = [];
        while (states.LastOrDefault() != "attention") states.Add(await NextStateAsync(lines));
        Assert.Contains("sending", states);
    }

    [Fact]
    public async Task A_press_is_accepted_and_refused_with_a_problem_once_a_person_is_needed()
    {
        (HttpStatusCode code, string body) = await _edge.PressAsync();
        Assert.Equal((HttpStatusCode.Accepted, "accepted"), (code, (string?)JsonNode.Parse(body)!["result"]));
        await _edge.ReachesAsync("attention");
        using HttpResponseMessage refused = await _edge.Api.PostAsync(new Uri("api/v1/commission", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        JsonNode problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(409, (int)problem["status"]!);
        Assert.All(["type", "title", "detail"], name => Assert.NotEmpty((string)problem[name]!));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "evil.example:8420")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    public async Task A_web_page_is_kept_out(string header, string value)
    {
        using HttpClient client = _edge.Client(_http);
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
        {
            using HttpRequestMessage request = new(method, method == HttpMethod.Get ? "api/v1/status" : "api/v1/commission");
            request.Headers.TryAddWithoutValidation(header, value);
            using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        Assert.False((bool)(await _edge.CommissioningAsync())["requested"]!);
    }

    [Fact]
    public void The_socket_is_for_owner_and_group() => Assert.Equal((UnixFileMode)0b110_110_000, File.GetUnixFileMode(_edge.Socket));

    private static async Task<string> BodyAsync(HttpClient client, string path, int code, string type)
    {
        using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((code, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> NextStateAsync(StreamReader lines)
    {
        using CancellationTokenSource patience = new(Eventually.Patience, TimeProvider.System);
        while (true)
        {
            string line = await lines.ReadLineAsync(patience.Token) ?? throw new IOException("the stream ended");
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return (string)JsonNode.Parse(line[6..])!["commissioning"]!["state"]!;
        }
    }
}
