using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.SystemTests.Support;

namespace Flip.Edge.SystemTests;

/// <summary>What a cloud that fails gets: the same bytes again, until it has them, and nothing after that.</summary>
public sealed class RetryTests
{
    private static readonly TimeSpan Observed = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task After_503_and_503_comes_200_with_the_same_bytes_in_all_three_tries()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("503,503");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        JsonNode status = await edge.ReachesAsync("commissioned");

        Assert.Equal(3, (int)status["attempts"]!);
        Assert.Equal([503, 503, 200], cloud.Ledger.Requests.Select(request => request.Status));
        Assert.Single(cloud.Ledger.Requests.Select(request => request.Sha256).Distinct());
        Site.IsCommissionedOnceIn(cloud);
        await StaysQuietAsync(cloud, 3);
    }

    [Theory]
    [InlineData("drop-after-commit")]
    [InlineData("502-after-commit")]
    [InlineData("truncated")]
    public async Task A_cloud_that_commits_and_loses_its_answer_is_asked_and_never_sent_the_request_again(string fault)
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync(fault);
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        await StaysQuietAsync(cloud, 1);

        Site.IsCommissionedOnceIn(cloud);
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("html")]
    [InlineData("redirect")]
    [InlineData("not-commission")]
    [InlineData("empty")]
    public async Task A_captive_portal_or_a_connection_that_drops_is_no_answer_and_it_goes_on_by_itself(string fault)
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync($"{fault},{fault}");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        Assert.Equal(3, cloud.Ledger.CommissionRequests);
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task It_waits_as_long_as_Flip_asks_even_when_the_button_is_pressed_meanwhile()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("429:2");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await edge.ReachesAsync("queued", "throttled");
        await edge.PressAsync();
        await edge.ReachesAsync("commissioned");
        DateTimeOffset[] tries = [.. cloud.Ledger.Requests.Select(request => request.ReceivedAt)];
        Assert.True(tries[1] - tries[0] >= TimeSpan.FromSeconds(1.95), $"{tries[1] - tries[0]} between the tries");
        Site.IsCommissionedOnceIn(cloud);
    }

    [Fact]
    public async Task Data_that_Flip_refuses_waits_for_a_person_and_is_not_sent_again()
    {
        await using HostedDevice device = await Site.DeviceAsync();
        await using MockFlipCloud cloud = await Site.CloudAsync("422");
        await using EdgeProcess edge = await EdgeProcess.StartAsync(Site.Configuration(cloud, device));
        await edge.PressAsync();
        await edge.ReachesAsync("attention", "invalid");
        await StaysQuietAsync(cloud, 1);
    }

    private static async Task StaysQuietAsync(MockFlipCloud cloud, int requests)
    {
        await Task.Delay(Observed, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(requests, cloud.Ledger.CommissionRequests);
    }
}
