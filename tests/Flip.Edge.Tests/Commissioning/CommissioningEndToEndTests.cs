using System.Net;
using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Enrollment;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Commissioning;

/// <summary>From a press to an enrollment, over real Modbus, real HTTP and a real database.</summary>
public sealed class CommissioningEndToEndTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task A_press_commissions_the_site_and_hands_the_enrollment_over()
    {
        await using HostedDevice device = await DeviceAsync("hybrid");
        await using MockFlipCloud cloud = await CloudAsync();
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, cloud, device));
        await edge.UntilAsync("waiting", "trigger");

        using HttpResponseMessage accepted = await edge.PressAsync();
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        JsonElement status = await edge.UntilAsync("commissioned");

        Assert.Equal("ACTIVE", status.GetProperty("enrollment").GetProperty("status").GetString());
        Assert.Empty(cloud.Ledger.Findings);
        Assert.Equal("abc-789", Assert.Single(cloud.Ledger.Sites).Id);
        EnrollmentSnapshot? latest = edge.Services.GetRequiredService<IEnrollmentFeed>().Latest;
        Assert.Equal(["xyz-123"], latest?.State.DeviceIds);
        Assert.NotEmpty(latest!.State.Programs);
    }

    [Fact]
    public async Task Ten_presses_at_once_and_one_after_are_one_site_and_one_request()
    {
        await using HostedDevice device = await DeviceAsync("hybrid");
        await using MockFlipCloud cloud = await CloudAsync();
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, cloud, device));

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => edge.PressAsync()));
        await edge.UntilAsync("commissioned");
        using HttpResponseMessage after = await edge.PressAsync();

        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal(1, cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task Two_503_and_a_200_are_three_tries_with_the_same_bytes()
    {
        await using HostedDevice device = await DeviceAsync("hybrid");
        await using MockFlipCloud cloud = await CloudAsync("503,503");
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, cloud, device));
        await edge.PressAsync();

        JsonElement status = await edge.UntilAsync("commissioned");

        Assert.Equal(3, status.GetProperty("commissioning").GetProperty("attempts").GetInt32());
        Assert.Equal(3, cloud.Ledger.Requests.Count);
        Assert.Single(cloud.Ledger.Requests.Select(request => request.Sha256).Distinct());
        Assert.Single(cloud.Ledger.Sites);
    }

    [Theory]
    [InlineData("drop-after-commit")]
    [InlineData("502-after-commit")]
    [InlineData("truncated")]
    public async Task An_answer_lost_after_the_commit_is_found_by_asking_and_the_site_stays_one(string fault)
    {
        await using HostedDevice device = await DeviceAsync("hybrid");
        await using MockFlipCloud cloud = await CloudAsync(fault);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, cloud, device));
        await edge.PressAsync();

        JsonElement status = await edge.UntilAsync("commissioned");

        Assert.Equal("ACTIVE", status.GetProperty("enrollment").GetProperty("status").GetString());
        Assert.Equal("Demo Program", status.GetProperty("enrollment").GetProperty("program_name").GetString());
        Assert.Equal(1, cloud.Ledger.CommissionRequests);
        Assert.Single(cloud.Ledger.Sites);
    }

    [Fact]
    public async Task A_device_that_is_away_is_waited_for_and_named_and_then_it_goes_on_by_itself()
    {
        await using MockFlipCloud cloud = await CloudAsync();
        HostedDevice gone = await DeviceAsync("hybrid");
        await gone.DisposeAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, gone);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        await edge.PressAsync();
        JsonElement status = await edge.UntilAsync("waiting", "device");
        Assert.Contains("nothing listens", status.GetProperty("commissioning").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("unreachable", status.GetProperty("devices")[0].GetProperty("state").GetString());

        await using HostedDevice back = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, ((Modbus.ModbusTcpEndpoint)gone.Endpoint).Port);

        await edge.UntilAsync("commissioned");
    }

    [Fact]
    public async Task An_automatic_trigger_needs_nobody()
    {
        await using HostedDevice device = await DeviceAsync("hybrid");
        await using MockFlipCloud cloud = await CloudAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(
            settings with { Commissioning = settings.Commissioning with { Trigger = TriggerMode.Automatic } });

        await edge.UntilAsync("commissioned");

        Assert.Single(cloud.Ledger.Sites);
    }

    [Fact]
    public async Task A_nameplate_that_lacks_the_capacity_asks_for_just_that_field()
    {
        await using HostedDevice device = await DeviceAsync("zero-capacity");
        await using MockFlipCloud cloud = await CloudAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using (EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings))
        {
            await edge.PressAsync();
            JsonElement status = await edge.UntilAsync("attention", "nameplate");
            string? reason = status.GetProperty("commissioning").GetProperty("reason").GetString();
            Assert.Contains("Overrides:CapacityWh", reason, StringComparison.Ordinal);
            Assert.DoesNotContain("Overrides:MaxChargeW", reason, StringComparison.Ordinal);
            Assert.Equal(0, cloud.Ledger.CommissionRequests);
        }

        // The installer types it and restarts the service: the press of before still counts.
        DeviceSettings typed = settings.Devices[0] with { Overrides = new() { CapacityWh = 15_000 } };
        await using EdgeUnderTest again = await EdgeUnderTest.StartAsync(settings with { Devices = [typed] });

        await again.UntilAsync("commissioned");
    }

    [Fact]
    public async Task A_refused_request_is_made_anew_after_the_configuration_was_corrected()
    {
        await using HostedDevice device = await DeviceAsync("hybrid");
        await using MockFlipCloud cloud = await CloudAsync("400");
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using (EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings))
        {
            await edge.PressAsync();
            await edge.UntilAsync("attention", "invalid");
        }

        await using (EdgeUnderTest unchanged = await EdgeUnderTest.StartAsync(settings))
        {
            await unchanged.UntilAsync("attention", "invalid");
            Assert.Equal(1, cloud.Ledger.CommissionRequests);
        }

        await using EdgeUnderTest corrected = await EdgeUnderTest.StartAsync(settings with { Site = settings.Site with { ZipCode = "88801" } });

        await corrected.UntilAsync("commissioned");
        Assert.Equal(2, cloud.Ledger.Requests.Select(request => request.Sha256).Distinct().Count());
    }

    [Fact]
    public async Task A_missing_token_is_named_and_the_try_succeeds_once_it_is_there()
    {
        await using HostedDevice device = await DeviceAsync("hybrid");
        await using MockFlipCloud cloud = await CloudAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        File.Delete(_directory.File("token"));
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        await edge.PressAsync();
        JsonElement status = await edge.UntilAsync("attention", "unauthorized");
        Assert.Contains(_directory.File("token"), status.GetProperty("commissioning").GetProperty("reason").GetString(), StringComparison.Ordinal);

        _directory.Write("token", new MockFlipCloudOptions().ClientToken);

        await edge.UntilAsync("commissioned");
    }

    [Fact]
    public async Task After_a_restart_a_commissioned_gateway_sends_nothing_and_still_knows_its_enrollment()
    {
        await using HostedDevice device = await DeviceAsync("hybrid");
        await using MockFlipCloud cloud = await CloudAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using (EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings))
        {
            await edge.PressAsync();
            await edge.UntilAsync("commissioned");
        }

        await using EdgeUnderTest again = await EdgeUnderTest.StartAsync(settings);

        JsonElement status = await again.UntilAsync("commissioned");
        Assert.Equal("ACTIVE", status.GetProperty("enrollment").GetProperty("status").GetString());
        Assert.Equal(1, cloud.Ledger.CommissionRequests);
    }

    private static Task<HostedDevice> DeviceAsync(string image) => HostedDevice.OnTcpAsync(DeviceImages.Find(image)!, 0);

    private static Task<MockFlipCloud> CloudAsync(string faults = "") => MockFlipCloud.StartAsync(
        new() { Faults = faults.Length == 0 ? [] : MockFaultParser.Parse(faults) }, TestContext.Current.CancellationToken);

    public void Dispose() => _directory.Dispose();
}
