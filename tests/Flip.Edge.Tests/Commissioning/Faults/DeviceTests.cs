using System.Text.Json;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Commissioning.Faults;

/// <summary>A device that vanishes and returns, before the whole daemon with its waits on fake time.</summary>
public sealed class DeviceTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    // Not before the day of the build, whenever that was.
    private readonly WatchedTime _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_device_that_vanishes_before_it_is_read_is_named_and_waited_for_and_the_trigger_is_kept()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new(), TestContext.Current.CancellationToken);
        HostedDevice device = await DeviceAsync();
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, cloud, device), _time);
        await edge.UntilAsync("the first reading", status => StateOf(status) == "ok");
        await device.DisposeAsync();
        (await edge.PressAsync()).Dispose();

        JsonElement status = await edge.UntilAsync("waiting", "device");

        JsonElement commissioning = status.GetProperty("commissioning");
        Assert.Contains("waiting for the device: xyz-123: ", commissioning.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", commissioning.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, true), (commissioning.GetProperty("attempts").GetInt32(), commissioning.GetProperty("requested").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, commissioning.GetProperty("next_attempt_at").ValueKind);
        Assert.Equal("unreachable", StateOf(status));
        CommissioningRecord stored = Stored(edge);
        Assert.NotNull(stored.RequestedAt);
        Assert.Null(stored.Outbox);

        // It is looked for after 2 s, then 4, and so on to 30.
        await LooksAfterAsync(edge, TimeSpan.FromSeconds(2));
        await LooksAfterAsync(edge, TimeSpan.FromSeconds(4));
        await using HostedDevice again = await DeviceAsync(((ModbusTcpEndpoint)device.Endpoint).Port);
        await _time.WaitsAsync(TimeSpan.FromSeconds(8));
        _time.Advance(TimeSpan.FromSeconds(7.999));
        await GlanceAsync();
        Assert.Equal("waiting", (await edge.StatusAsync()).GetProperty("commissioning").GetProperty("state").GetString());
        Assert.Empty(cloud.Ledger.Calls);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        await edge.UntilAsync("commissioned");
        Assert.Equal(1, cloud.Ledger.CommissionRequests);
        Assert.Single(cloud.Ledger.Sites);
        Assert.Equal("ok", StateOf(await edge.StatusAsync()));
    }

    [Fact]
    public async Task A_device_that_vanishes_after_it_was_read_holds_nothing_up_because_the_request_is_frozen()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { Faults = MockFaultParser.Parse("503,429:77") }, TestContext.Current.CancellationToken);
        HostedDevice device = await DeviceAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings, _time);
        await edge.UntilAsync("the first reading", status => StateOf(status) == "ok");
        (await edge.PressAsync()).Dispose();
        await edge.UntilAsync("queued", "transient");
        string frozen = Stored(edge).Outbox!.Digest;
        await device.DisposeAsync();

        await edge.UntilAsync("the second try", status =>
        {
            _time.Advance(settings.Commissioning.Retry.BaseDelay);
            return status.GetProperty("commissioning").GetProperty("reason_code").GetString() == "throttled";
        });
        Assert.Equal(frozen, Stored(edge).Outbox!.Digest);
        Assert.Empty(cloud.Ledger.Sites);

        // The jitter of a 429 is half a second here, because the longest back-off is one.
        await _time.WaitsAsync(TimeSpan.FromSeconds(77), TimeSpan.FromSeconds(78));
        _time.Advance(TimeSpan.FromSeconds(78));

        await edge.UntilAsync("commissioned");
        Assert.Equal(frozen, Assert.Single(cloud.Ledger.Sites).BodySha256);
        Assert.Equal([503, 429, 200], cloud.Ledger.Requests.Select(request => request.Status!.Value));
    }

    // Whatever comes of a look, it is made known.
    private async Task LooksAfterAsync(EdgeUnderTest edge, TimeSpan pause)
    {
        await _time.WaitsAsync(pause);
        Task looked = edge.Services.GetRequiredService<ChangeSignal>().Next;
        _time.Advance(pause - TimeSpan.FromMilliseconds(1));
        await GlanceAsync();
        Assert.False(looked.IsCompleted, $"it was looked for before {pause} were over");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await FaultRig.EndAsync(looked);
        Assert.Equal("unreachable", StateOf(await edge.StatusAsync()));
    }

    private static CommissioningRecord Stored(EdgeUnderTest edge) => edge.Services.GetRequiredService<CommissioningStore>().Current;

    private static string? StateOf(JsonElement status) => status.GetProperty("devices")[0].GetProperty("state").GetString();

    private static Task<HostedDevice> DeviceAsync(int port = 0) => HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, port);

    private static Task GlanceAsync() => Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);

    public void Dispose() => _directory.Dispose();
}
