using System.Net;
using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Local;

public sealed class LocalEndpointTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private HostedDevice _device = null!;
    private MockFlipCloud _cloud = null!;
    private EdgeUnderTest _edge = null!;
    private Uri _http = null!;

    public async ValueTask InitializeAsync()
    {
        _device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        _cloud = await MockFlipCloud.StartAsync(new(), TestContext.Current.CancellationToken);
        _http = new($"http://127.0.0.1:{FreePort()}");
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, _cloud, _device);
        _edge = await EdgeUnderTest.StartAsync(settings with { Local = settings.Local with { Http = _http } });
    }

    [Fact]
    public async Task The_nameplate_comes_with_state_value_unit_kind_source_and_raw_words()
    {
        await UntilReadAsync();

        using JsonDocument document = JsonDocument.Parse(await _edge.Http.GetStringAsync(new Uri("/api/v1/nameplate", UriKind.Relative), TestContext.Current.CancellationToken));

        JsonElement device = document.RootElement.GetProperty("devices")[0];
        Assert.Equal("xyz-123", device.GetProperty("id").GetString());
        JsonElement capacity = device.GetProperty("capacity_wh");
        Assert.Equal("present", capacity.GetProperty("state").GetString());
        Assert.Equal(15_000, capacity.GetProperty("value").GetInt32());
        Assert.Equal("Wh", capacity.GetProperty("unit").GetString());
        Assert.Equal("rated", capacity.GetProperty("kind").GetString());
        Assert.Equal("SunSpec 802 WHRtg", capacity.GetProperty("source").GetString());
        Assert.Equal(["0x05DC", "0x0001"], capacity.GetProperty("raw").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal("battery", device.GetProperty("limits").GetProperty("charge_limited_by").GetString());
    }

    [Fact]
    public async Task Before_the_commissioning_there_is_no_enrollment_and_the_problem_says_so()
    {
        using HttpResponseMessage answer = await _edge.Http.GetAsync(new Uri("/api/v1/enrollment", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using JsonDocument problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(404, problem.RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Loopback_HTTP_answers_like_the_socket()
    {
        using HttpClient http = new() { BaseAddress = _http };

        Assert.Equal("ok\n", await http.GetStringAsync(new Uri("/healthz", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Contains("\"gateway_id\":\"gw-0001\"", await http.GetStringAsync(new Uri("/api/v1/status", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_web_page_can_not_press_the_button(string header, string value)
    {
        using HttpClient http = new() { BaseAddress = _http };
        using HttpRequestMessage press = new(HttpMethod.Post, "/api/v1/commission");
        press.Headers.TryAddWithoutValidation(header, value);

        using HttpResponseMessage refused = await http.SendAsync(press, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        JsonElement status = await _edge.StatusAsync();
        Assert.False(status.GetProperty("commissioning").GetProperty("requested").GetBoolean());
    }

    [Fact]
    public async Task Events_begin_with_the_status_and_go_on_with_each_change()
    {
        using HttpResponseMessage stream = await _edge.Http.GetAsync(
            new Uri("/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        using StreamReader lines = new(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal("event: status", await lines.ReadLineAsync(TestContext.Current.CancellationToken));
        await _edge.PressAsync();

        List<string> states = [];
        while (!states.Contains("commissioned"))
        {
            string? line = await lines.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            using JsonDocument status = JsonDocument.Parse(line["data: ".Length..]);
            states.Add(status.RootElement.GetProperty("commissioning").GetProperty("state").GetString()!);
        }

        Assert.Equal("waiting", states[0]);
    }

    [Fact]
    public async Task Metrics_are_Prometheus_text()
    {
        await _edge.PressAsync();
        await _edge.UntilAsync("commissioned");

        using HttpResponseMessage answer = await _edge.Http.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.StartsWith("text/plain; version=0.0.4", answer.Content.Headers.ContentType?.ToString(), StringComparison.Ordinal);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("flip_edge_commissioning_state{state=\"commissioned\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("flip_edge_commissioning_attempts_total{outcome=\"commissioned\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("flip_edge_enrollment_version 1\n", text, StringComparison.Ordinal);
        Assert.NotEmpty(new Exposition(text).Series);
    }

    [Fact]
    public async Task No_answer_holds_the_token_or_the_homeowners_data()
    {
        await _edge.PressAsync();
        await _edge.UntilAsync("commissioned");

        foreach (string path in new[] { "/api/v1/status", "/api/v1/nameplate", "/api/v1/enrollment", "/metrics" })
        {
            string text = await _edge.Http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            foreach (string secret in new string[] { new MockFlipCloudOptions().ClientToken, "John", "Doe", "john.doe", "Main St" })
            {
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>The configuration is for the service's group, and HTTP for every process.</summary>
    [Fact]
    public async Task What_is_wrong_with_the_configuration_is_told_on_the_socket_alone()
    {
        _edge.Configuration = new(null, [new("Mqtt:Port", "is \"hunter2\", and has to be a whole number")]);
        using HttpClient http = new() { BaseAddress = _http };

        using HttpResponseMessage overHttp = await http.PostAsync(new Uri("/api/v1/reload", UriKind.Relative), null, TestContext.Current.CancellationToken);
        using HttpResponseMessage onTheSocket = await _edge.PostAsync("/api/v1/reload");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (overHttp.StatusCode, onTheSocket.StatusCode));
        Assert.Contains("hunter2", await onTheSocket.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        string told = await overHttp.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("hunter2", told, StringComparison.Ordinal);
        Assert.Contains("flip-edge config check", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_is_what_the_status_and_the_events_quote_of_a_refused_configuration()
    {
        _edge.Configuration = new(null, [new("Mqtt:Port", "is \"hunter2\", and has to be a whole number")]);
        using HttpClient http = new() { BaseAddress = _http };
        using HttpResponseMessage refused = await _edge.PostAsync("/api/v1/reload");

        foreach ((HttpClient client, bool isQuoted) in new[] { (_edge.Http, true), (http, false) })
        {
            string status = await client.GetStringAsync(new Uri("/api/v1/status", UriKind.Relative), TestContext.Current.CancellationToken);
            using StreamReader events = new(await client.GetStreamAsync(new Uri("/api/v1/events", UriKind.Relative), TestContext.Current.CancellationToken));
            Assert.Equal("event: status", await events.ReadLineAsync(TestContext.Current.CancellationToken));
            foreach (string told in new[] { status, (await events.ReadLineAsync(TestContext.Current.CancellationToken))! })
            {
                Assert.Contains("the configuration has errors", told, StringComparison.Ordinal);
                Assert.Contains("Mqtt:Port", told, StringComparison.Ordinal);
                Assert.Equal(isQuoted, told.Contains("hunter2", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task An_unknown_path_is_404()
    {
        using HttpResponseMessage answer = await _edge.Http.GetAsync(new Uri("/api/v2/status", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task UntilReadAsync()
    {
        while ((await _edge.StatusAsync()).GetProperty("devices")[0].GetProperty("state").GetString() != "ok")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    // Below the ports that the kernel gives out by itself, so that no other test's connection takes it in between.
    internal static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using System.Net.Sockets.TcpListener listener = new(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (System.Net.Sockets.SocketException)
            {
                // Taken; the next one.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _cloud.DisposeAsync();
        await _device.DisposeAsync();
        _directory.Dispose();
    }
}
