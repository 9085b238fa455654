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
}
