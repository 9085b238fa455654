using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>SIGTERM: exit code 0 in under five seconds, whatever is under way.</summary>
public sealed class ShutdownTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Idle_with_a_broker_and_a_reader_of_events()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        JsonObject configuration = Site.Configuration("http://127.0.0.1:1", "tcp://127.0.0.1:1");
        configuration["Mqtt"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = broker.Port };
        await using EdgeProcess edge = await EdgeProcess.StartAsync(configuration);
        await Eventually.TrueAsync(async () => (bool)(await edge.GetAsync("api/v1/status"))["mqtt"]!["connected"]!, "the broker", () => edge.Story);
        using HttpResponseMessage events = await edge.Api.GetAsync(
            new Uri("api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await StopsAsync(edge);
        Assert.Equal("offline", broker.Retained[$"flip-edge/{EdgeProcess.GatewayId}/availability"]);
        Assert.False(File.Exists(edge.Socket));
    }

    [Fact]
    public async Task While_a_request_is_under_way_which_is_finished_after_the_next_start()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("delay:30000");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await Eventually.TrueAsync(() => cloud.Ledger.Sites.Count == 1, "the request in the cloud", () => edge.Story);
        await StopsAsync(edge);
        await edge.StartAsync();
        await edge.ReachesAsync("commissioned");
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task An_answer_that_is_on_its_way_is_waited_for()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("delay:1500");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await Eventually.TrueAsync(() => cloud.Ledger.Sites.Count == 1, "the request in the cloud", () => edge.Story);
        await StopsAsync(edge);
        Assert.Contains("is commissioned; enrollment ACTIVE", edge.Story, StringComparison.Ordinal);
        await edge.StartAsync();
        await edge.ReachesAsync("commissioned");
        Assert.Equal(1, cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task While_a_device_is_silent()
    {
        await using HostedDevice device = HostedDevice.OnPseudoTerminal(DeviceImages.Find("hybrid")!, 9600);
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration("http://127.0.0.1:1", $"{device.Endpoint.Bus}?unit=9"));
        await edge.PressAsync();
        await StopsAsync(edge);
    }

    [Fact]
    public async Task While_the_broker_accepts_the_connection_and_says_nothing()
    {
        using TcpListener mute = new(IPAddress.Loopback, 0);
        mute.Start();
        JsonObject configuration = Site.Configuration("http://127.0.0.1:1", "tcp://127.0.0.1:1");
        configuration["Mqtt"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = ((IPEndPoint)mute.LocalEndpoint).Port };
        await using EdgeProcess edge = await EdgeProcess.StartAsync(configuration);
        using TcpClient connection = await mute.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await StopsAsync(edge);
    }

    [Fact]
    public async Task While_device_cloud_and_broker_are_mute_all_at_once_and_the_request_is_finished_after_the_next_start()
    {
        using TcpListener mute = new(IPAddress.Loopback, 0);
        mute.Start();
        HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("delay:30000");
        JsonObject configuration = Site.Configuration(cloud, device);
        configuration["Mqtt"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = ((IPEndPoint)mute.LocalEndpoint).Port };
        await using EdgeProcess edge = await EdgeProcess.StartAsync(configuration);
        await edge.PressAsync();
        await Eventually.TrueAsync(() => cloud.Ledger.Sites.Count == 1, "the request in the cloud", () => edge.Story);
        await device.DisposeAsync();
        using TcpListener muteDevice = new(IPAddress.Loopback, ((ModbusTcpEndpoint)device.Endpoint).Port);
        muteDevice.Start();
        edge.Daemon.Signal(PosixSignalNumber.HangUp);
        using TcpClient reading = await muteDevice.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await StopsAsync(edge);
        await edge.StartAsync();
        await edge.ReachesAsync("commissioned");
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task While_a_driver_does_not_return_from_a_read()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration("http://127.0.0.1:1", device.Endpoint.ToString()));
        edge.Environment["FLIPEDGE_HANG"] = "reading";
        await edge.StartAsync();
        await edge.Daemon.WaitForAsync("hangs by FLIPEDGE_HANG");
        await StopsAsync(edge);
    }

    [Fact]
    public async Task While_the_disk_does_not_return_from_a_write_which_ends_the_process_by_force_and_loses_nothing_that_was_accepted()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration(cloud, device));
        edge.Environment["FLIPEDGE_HANG"] = "a write";
        await edge.StartAsync();
        Task press = edge.PressAsync();
        await edge.Daemon.WaitForAsync("hangs by FLIPEDGE_HANG");
        long began = TimeProvider.System.GetTimestamp();
        int exitCode = await edge.StopAsync();
        TimeSpan took = TimeProvider.System.GetElapsedTime(began);
        Assert.True(exitCode == 1 && took < Limit, $"exit code {exitCode} after {took.TotalSeconds:0.0} s\n{edge.Story}");
        Assert.Contains("local endpoint > a write to the database", edge.Story, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => press);
        edge.Environment.Remove("FLIPEDGE_HANG");
        await edge.StartAsync();
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        Site.IsCommissionedOnceIn(cloud);
    }

    private static async Task StopsAsync(EdgeProcess edge)
    {
        long began = TimeProvider.System.GetTimestamp();
        int exitCode = await edge.StopAsync();
        TimeSpan took = TimeProvider.System.GetElapsedTime(began);
        Assert.True(exitCode == 0 && took < Limit, $"exit code {exitCode} after {took.TotalSeconds:0.0} s\n{edge.Story}");
        Assert.Contains("flip-edge has stopped", edge.Story, StringComparison.Ordinal);
    }
}
