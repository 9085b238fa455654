using System.Text.Json;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Commissioning.Faults;

/// <summary>A broker that flaps while the commissioning waits, before the whole daemon with its waits on fake time.</summary>
public sealed class BrokerTests : IDisposable
{
    private const string Topic = "flip-edge/gw-0001/commissioning";
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly TempDirectory _directory = new();

    // Not before the day of the build, whenever that was.
    private readonly WatchedTime _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_broker_that_flaps_changes_nothing_of_the_request_or_its_next_try_and_is_told_how_it_ended()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { Faults = MockFaultParser.Parse("429:600") }, TestContext.Current.CancellationToken);
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        int port = broker.Port;
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device) with { Mqtt = new(true, "127.0.0.1", port, "flip-edge") };
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings, _time);
        (await edge.PressAsync()).Dispose();
        string next = Next(await edge.UntilAsync("queued", "throttled"))!;
        await FaultRig.UntilAsync(() => Told(broker, "throttled"));
        await _time.WaitsAsync(TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(601));
        CommissioningRecord before = edge.Services.GetRequiredService<CommissioningStore>().Current;

        // Cut off before it was stable for a minute, it is sought after longer and longer pauses: half to all of 1 s, 2 s, 4 s.
        foreach (double pause in new[] { 1, 2, 4 })
        {
            int begun = _time.Begun;
            await broker.DisposeAsync();
            JsonElement status = await edge.UntilAsync("the broker's absence", now => !IsConnected(now));
            Assert.Equal(("queued", next), (status.GetProperty("commissioning").GetProperty("state").GetString(), Next(status)));
            Assert.Equal(before, edge.Services.GetRequiredService<CommissioningStore>().Current);
            broker = await EmbeddedBroker.StartAsync(port);
            await _time.WaitsAsync(TimeSpan.FromSeconds(pause / 2), TimeSpan.FromSeconds(pause), begun);
            _time.Advance(TimeSpan.FromSeconds(pause / 2) - Tick);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            Assert.Empty(broker.Retained);
            _time.Advance(TimeSpan.FromSeconds(pause / 2) + Tick);
            await FaultRig.UntilAsync(() => Told(broker, "throttled"));
        }

        await broker.DisposeAsync();
        await edge.UntilAsync("the broker's absence", now => !IsConnected(now));
        _time.Advance(before.Outbox!.NextAttemptAt!.Value - _time.GetUtcNow() - Tick);
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(1, cloud.Ledger.CommissionRequests);

        // The hint is kept in whole milliseconds, and the wait is not.
        _time.Advance(2 * Tick);

        Assert.False(IsConnected(await edge.UntilAsync("commissioned")));
        Assert.Single(cloud.Ledger.Sites);
        Assert.Equal(before.Outbox.Digest, cloud.Ledger.Sites[0].BodySha256);
        await using EmbeddedBroker last = await EmbeddedBroker.StartAsync(port);

        // A pause of at most a minute is under way, or about to begin; a connect that has begun is left the time that it needs.
        int tick = 0;
        await FaultRig.UntilAsync(() =>
        {
            if (tick++ % 500 == 0) _time.Advance(TimeSpan.FromMinutes(1));
            return Told(last, "commissioned");
        });
    }

    private static bool Told(EmbeddedBroker broker, string word) =>
        broker.Retained.TryGetValue(Topic, out string? told) && told.Contains(word, StringComparison.Ordinal);

    private static bool IsConnected(JsonElement status) => status.GetProperty("mqtt").GetProperty("connected").GetBoolean();

    private static string? Next(JsonElement status) => status.GetProperty("commissioning").GetProperty("next_attempt_at").GetString();

    public void Dispose() => _directory.Dispose();
}
