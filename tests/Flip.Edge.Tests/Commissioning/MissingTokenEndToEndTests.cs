using System.Net;
using System.Text;
using System.Text.Json;
using Flip.Edge.Cli;
using Flip.Edge.Configuration;
using Flip.Edge.Mqtt;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Status;
using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Commissioning;

/// <summary>The field's finding: nobody was told of a missing token before the installer had pressed, and left.</summary>
public sealed class MissingTokenEndToEndTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private HostedDevice _device = null!;
    private MockFlipCloud _cloud = null!;
    private EdgeSettings _settings = null!;

    public async ValueTask InitializeAsync()
    {
        _device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        _cloud = await MockFlipCloud.StartAsync(new(), TestContext.Current.CancellationToken);
        _settings = EdgeUnderTest.Settings(_directory, _cloud, _device);
        File.Delete(Token);
    }

    private string Token => _directory.File("token");

    [Fact]
    public async Task It_is_told_before_the_press_wherever_somebody_looks()
    {
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(_settings);
        JsonElement status = await edge.UntilAsync("the missing token", status => status.GetProperty("credential").GetProperty("state").GetString() == "unusable");

        string reason = status.GetProperty("credential").GetProperty("reason").GetString()!;
        Assert.Equal($"The token file {Token} does not exist: create it with mode 0600, or correct Flip:TokenFile", reason);
        Assert.Equal(("waiting", "trigger"), (Commissioning(status, "state"), Commissioning(status, "reason_code")));
        Assert.Contains("\"code\":\"credential\"", Encoding.UTF8.GetString(edge.Services.GetRequiredService<RetainedMessages>().Now().First().Payload), StringComparison.Ordinal);
        Assert.Contains($"; {reason}; xyz-123 ", edge.Services.GetRequiredService<StatusNotices>().Sentence, StringComparison.Ordinal);
        EdgeStatus now = edge.Services.GetRequiredService<StatusView>().Now;
        Assert.True(now.NeedsPerson);
        await using StringWriter shown = new();
        await StatusCommand.WriteAsync(shown, now, json: false);
        Assert.Contains($"credential     The token file {_directory.Path}", shown.ToString(), StringComparison.Ordinal);

        // A press is kept all the same, and needs no second one.
        using (HttpResponseMessage pressed = await edge.PressAsync()) Assert.Equal(HttpStatusCode.Accepted, pressed.StatusCode);
        status = await edge.UntilAsync("attention", "unauthorized");
        Assert.Equal(0, status.GetProperty("commissioning").GetProperty("attempts").GetInt32());
        Assert.DoesNotContain(reason, edge.Services.GetRequiredService<StatusNotices>().Sentence.Split("; ")[1], StringComparison.Ordinal);
        using (HttpResponseMessage again = await edge.PressAsync()) Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);

        _directory.Write("token", new MockFlipCloudOptions().ClientToken);
        using (HttpResponseMessage reload = await edge.PostAsync("/api/v1/reload")) Assert.Equal(HttpStatusCode.OK, reload.StatusCode);
        status = await edge.UntilAsync("commissioned");
        Assert.Equal(1, status.GetProperty("commissioning").GetProperty("attempts").GetInt32());
        Assert.Equal("ready", status.GetProperty("credential").GetProperty("state").GetString());
        Assert.False(status.GetProperty("commissioning").TryGetProperty("trouble", out _));
    }

    [Fact]
    public async Task Who_presses_right_after_the_token_is_there_is_told_that_it_goes_on()
    {
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(_settings);
        await edge.PressAsync();
        await edge.UntilAsync("attention", "unauthorized");
        _directory.Write("token", new MockFlipCloudOptions().ClientToken);

        using HttpResponseMessage pressed = await edge.PressAsync();

        Assert.Equal(HttpStatusCode.Accepted, pressed.StatusCode);
        Assert.DoesNotContain("\"state\":\"attention\"", await pressed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await edge.UntilAsync("commissioned");
    }

    [Fact]
    public async Task A_request_that_was_held_goes_on_after_a_restart_with_the_same_bytes()
    {
        string? frozen;
        await using (EdgeUnderTest edge = await EdgeUnderTest.StartAsync(_settings))
        {
            await edge.PressAsync();
            frozen = (await edge.UntilAsync("attention", "unauthorized")).GetProperty("commissioning").GetProperty("request_sha256").GetString();
        }

        _directory.Write("token", new MockFlipCloudOptions().ClientToken);
        await using EdgeUnderTest restarted = await EdgeUnderTest.StartAsync(_settings);
        await restarted.UntilAsync("commissioned");

        Assert.Equal(frozen, Assert.Single(_cloud.Ledger.Sites).BodySha256);
    }

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        await _device.DisposeAsync();
        _directory.Dispose();
    }

    private static string? Commissioning(JsonElement status, string name) => status.GetProperty("commissioning").GetProperty(name).GetString();
}
