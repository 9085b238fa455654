using System.Net;
using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>What starts a commissioning, and how often.</summary>
public sealed class TriggerTests
{
    [Fact]
    public async Task Ten_presses_at_once_are_one_commissioning()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        (HttpStatusCode Code, string Body)[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => edge.PressAsync()));
        Assert.All(answers, answer => Assert.True(answer.Code is HttpStatusCode.Accepted or HttpStatusCode.OK, answer.Body));
        await edge.ReachesAsync("commissioned");
        (HttpStatusCode code, string body) = await edge.PressAsync();
        Assert.Equal((HttpStatusCode.OK, "already_commissioned"), (code, (string?)JsonNode.Parse(body)!["result"]));
        Assert.Equal(1, cloud.Ledger.CommissionRequests);
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task Without_a_press_nothing_is_sent()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await Eventually.TrueAsync(
            async () => (string?)(await edge.GetAsync("api/v1/status"))["devices"]![0]!["state"] == "ok", "the device read", () => edge.Story);
        await edge.ReachesAsync("waiting", "trigger");
        Assert.Equal(0, cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task An_automatic_trigger_needs_no_press()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        JsonObject configuration = Site.Configuration(cloud, device);
        configuration["Commissioning"]!["Trigger"] = "automatic";
        await using EdgeProcess edge = await EdgeProcess.StartAsync(configuration);
        await edge.ReachesAsync("commissioned");
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task An_automatic_trigger_waits_for_a_device_that_is_away_and_goes_on_when_it_appears()
    {
        int port = FreePort.Next();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        JsonObject configuration = Site.Configuration(cloud.BaseUrl.GetLeftPart(UriPartial.Authority), $"tcp://127.0.0.1:{port}");
        configuration["Commissioning"]!["Trigger"] = "automatic";
        await using EdgeProcess edge = await EdgeProcess.StartAsync(configuration);
        JsonNode waiting = await edge.ReachesAsync("waiting", "device");
        Assert.Contains("nothing listens on this port", (string)waiting["reason"]!, StringComparison.Ordinal);
        Assert.Equal(0, cloud.Ledger.CommissionRequests);

        await using HostedDevice device = await Site.DeviceAsync(port);
        await edge.ReachesAsync("commissioned");
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task Two_devices_on_TCP_and_on_a_serial_line_are_one_site()
    {
        await using HostedDevice onTcp = await Site.DeviceAsync();
        await using HostedDevice onRtu = HostedDevice.OnPseudoTerminal(DeviceImages.Find("hybrid-7xx")!, 9600);
        await using MockFlipCloud cloud = await Site.CloudAsync();
        JsonObject configuration = Site.Configuration(cloud, onTcp);
        configuration["Devices"]!.AsArray().Add(new JsonObject { ["Id"] = "xyz-124", ["Endpoint"] = onRtu.Endpoint.ToString(), ["InstallDate"] = "2022-02-22" });
        await using EdgeProcess edge = await EdgeProcess.StartAsync(configuration);
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        JsonNode[] devices = [.. JsonNode.Parse(cloud.Ledger.Requests[0].Body.Span)!["devices"]!.AsArray().Select(device => device!)];
        Assert.Equal(["123456789", "987654321"], devices.Select(device => (string?)device["serial_number"]));
        Assert.Equal([15_000, 10_000], devices.Select(device => (int)device["attributes"]!["battery_capacity_wh"]!));
        Site.IsCommissionedOnceIn(cloud);
    }
}
