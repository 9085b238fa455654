using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>A home whose way to the internet is a proxy, as the environment names it.</summary>
public sealed class ProxyTests
{
    /// <summary>The native binary had left out what .NET calls for each request as soon as a proxy has a login.</summary>
    [Fact]
    public async Task A_site_is_commissioned_through_a_proxy_that_wants_a_login()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using BasicProxy proxy = new("installer:secret", cloud.BaseUrl.Port);
        await using EdgeProcess edge = EdgeProcess.Prepare(Site.Configuration(cloud, device));
        edge.Environment["http_proxy"] = proxy.Address.ToString();
        await edge.StartAsync();

        (await edge.RunAsync("commission", "--wait", "30")).Exited(0);

        Site.IsCommissionedOnceIn(cloud);
        Assert.True(proxy.Passed > 0, "nothing went through the proxy");
    }

    /// <summary>.NET's own sentence quotes the proxy's address, and the password in it went into the journal.</summary>
    [Fact]
    public async Task A_proxy_that_refuses_the_collector_is_told_of_without_its_password()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using BasicProxy proxy = new("installer:another", target: 1);
        JsonObject configuration = Site.Configuration("http://127.0.0.1:9", device.Endpoint.ToString());
        configuration["Otlp"] = new JsonObject { ["Endpoint"] = "https://collector.example:4318" };
        await using EdgeProcess edge = EdgeProcess.Prepare(configuration);
        edge.Environment["https_proxy"] = $"http://installer:secretpw1@127.0.0.1:{proxy.Address.Port}";
        await edge.StartAsync();

        await Eventually.TrueAsync(() => edge.Daemon.Says("[600]"), "the collector's refusal", () => edge.Story, TimeSpan.FromMinutes(2));

        Assert.Contains("the proxy made no tunnel", edge.Story, StringComparison.Ordinal);
        Assert.DoesNotContain("secretpw1", edge.Story, StringComparison.Ordinal);
    }
}
