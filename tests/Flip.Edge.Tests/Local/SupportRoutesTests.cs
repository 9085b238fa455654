using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Local;

public sealed class SupportRoutesTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private HostedDevice _device = null!;

    public async ValueTask InitializeAsync() => _device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);

    [Fact]
    public async Task The_last_warnings_are_told_with_id_and_time()
    {
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, null) with { Devices = [Settings.Device("battery-1", "rtu:///dev/does-not-exist?unit=1")] };
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        await edge.UntilAsync("the device is looked at", status => status.GetProperty("devices")[0].GetProperty("state").GetString() == "unreachable");

        using JsonDocument log = JsonDocument.Parse(await edge.Http.GetStringAsync(new Uri("/api/v1/log", UriKind.Relative), TestContext.Current.CancellationToken));

        JsonElement line = log.RootElement.GetProperty("lines").EnumerateArray().First(line => line.GetProperty("event_id").GetInt32() == 102);
        Assert.Equal("warning", line.GetProperty("level").GetString());
        Assert.Contains("Device battery-1 is unreachable", line.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.InRange(line.GetProperty("at").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_walk_goes_over_the_daemons_own_connection_because_a_device_may_take_a_single_client()
    {
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, null, _device));
        await edge.UntilAsync("the device is read", status => status.GetProperty("devices")[0].GetProperty("state").GetString() == "ok");

        using HttpResponseMessage answer = await edge.PostAsync("/api/v1/walk?device=xyz-123");
        RegisterWalk walk = WalkFile.Read(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        Assert.Null(walk.Stopped);
        Assert.Equal("sunspec@1", walk.Profile);
        Assert.Equal("xyz-123", walk.Device);
        Assert.InRange(walk.Reads.Count, 5, 500);
    }

    [Fact]
    public async Task A_walk_of_a_device_that_is_not_there_names_those_that_are()
    {
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, null, _device));

        using HttpResponseMessage answer = await edge.PostAsync("/api/v1/walk?device=nobody");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("xyz-123", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_is_for_every_local_process()
    {
        using TcpListener reserved = new(IPAddress.Loopback, 0);
        reserved.Start();
        Uri http = new($"http://{reserved.LocalEndpoint}");
        reserved.Stop();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, null, _device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings with { Local = settings.Local with { Http = http } });
        using HttpClient client = new() { BaseAddress = http };

        using HttpResponseMessage log = await client.GetAsync(new Uri("/api/v1/log", UriKind.Relative), TestContext.Current.CancellationToken);
        using HttpResponseMessage walk = await client.PostAsync(new Uri("/api/v1/walk?device=xyz-123", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (log.StatusCode, walk.StatusCode));
    }

    public async ValueTask DisposeAsync()
    {
        await _device.DisposeAsync();
        _directory.Dispose();
    }
}
