using System.Net;
using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary><c>kill -9</c> at each stage. What was accepted is finished after the restart, once.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task Between_accept_and_send_the_request_is_on_the_disk_and_is_sent_after_the_restart()
    {
        int port = FreePort.Next();
        await using HostedDevice device = await Site.DeviceAsync();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration($"http://127.0.0.1:{port}", device.Endpoint.ToString()));
        Assert.Equal(HttpStatusCode.Accepted, (await edge.PressAsync()).Code);
        JsonNode frozen = await edge.ReachesAsync("queued", "transient");
        await edge.KillAsync();

        await using MockFlipCloud cloud = await Site.CloudAsync(port: port);
        await edge.StartAsync();
        JsonNode status = await edge.ReachesAsync("commissioned");
        Assert.Equal((string?)frozen["request_sha256"], (string?)status["request_sha256"]);
        Assert.Equal((string?)frozen["request_sha256"], Assert.Single(cloud.Ledger.Requests).Sha256);
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task Between_send_and_answer_it_asks_Flip_after_the_start_and_sends_nothing_again()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("delay:20000");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await Eventually.TrueAsync(() => cloud.Ledger.Sites.Count == 1, "the request in the cloud", () => edge.Story);
        Assert.Equal("sending", (string?)(await edge.CommissioningAsync())["state"]);
        await edge.KillAsync();

        await edge.StartAsync();
        await edge.ReachesAsync("commissioned");
        Assert.Equal(1, cloud.Ledger.CommissionRequests);
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task After_an_accepted_trigger_whose_device_is_away_it_goes_on_by_itself()
    {
        int port = FreePort.Next();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(
            Site.Configuration(cloud.BaseUrl.GetLeftPart(UriPartial.Authority), $"tcp://127.0.0.1:{port}"));
        Assert.Equal(HttpStatusCode.Accepted, (await edge.PressAsync()).Code);
        await edge.KillAsync();

        await edge.StartAsync();
        await edge.ReachesAsync("waiting", "device");
        await using HostedDevice device = await Site.DeviceAsync(port);
        await edge.ReachesAsync("commissioned");
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task After_it_is_commissioned_a_restart_sends_nothing_and_still_knows_the_enrollment()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync();
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        string before = await EnrollmentAsync(edge);
        await edge.KillAsync();

        await edge.StartAsync();
        await edge.ReachesAsync("commissioned");
        Assert.Equal(before, await EnrollmentAsync(edge));
        Assert.Equal(HttpStatusCode.OK, (await edge.PressAsync()).Code);
        Assert.Equal(1, cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task Ten_times_in_a_row_while_the_cloud_fails_it_is_one_site()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync(string.Join(',', Enumerable.Repeat("503,drop", 4)));
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        Random moments = new(4711);
        for (int kill = 0; kill < 10; kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(moments.Next(250)), TimeProvider.System, TestContext.Current.CancellationToken);
            await edge.KillAsync();
            await edge.StartAsync();
        }

        await edge.ReachesAsync("commissioned");
        Site.IsCommissionedOnceIn(cloud);
    }

    // Without how fresh it is: that is written down rarely, and asked anew after a start.
    private static async Task<string> EnrollmentAsync(EdgeProcess edge)
    {
        JsonObject enrollment = (await edge.GetAsync("api/v1/enrollment")).AsObject();
        Assert.True(enrollment.Remove("checked_at"));
        return enrollment.ToJsonString();
    }
}
