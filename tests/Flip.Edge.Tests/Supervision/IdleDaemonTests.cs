using Flip.Edge.Configuration;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Supervision;

/// <summary>
/// A worker that waits without saying so would be taken for hung two minutes later, and the daemon started again for nothing. Whoever adds
/// a wait finds out here.
/// </summary>
public sealed class IdleDaemonTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Waiting_for_a_trigger_with_device_and_broker_away_every_worker_says_that_it_waits()
    {
        EdgeSettings settings = Settings.For(_directory.Path);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings with { Mqtt = settings.Mqtt with { Enabled = true, Port = 9 } });
        await EveryoneWaitsAsync(edge);
    }

    [Fact]
    public async Task Commissioned_with_a_broker_every_worker_says_that_it_waits()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new(), TestContext.Current.CancellationToken);
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings with { Mqtt = settings.Mqtt with { Enabled = true, Port = broker.Port } });
        await edge.PressAsync();
        await edge.UntilAsync("commissioned");
        await EveryoneWaitsAsync(edge);
    }

    [Fact]
    public async Task Between_two_tries_every_worker_says_that_it_waits()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, null, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings with
        {
            Commissioning = settings.Commissioning with { Retry = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15)) },
        });
        await edge.PressAsync();
        await edge.UntilAsync("queued", "transient");
        await EveryoneWaitsAsync(edge);
    }

    public void Dispose() => _directory.Dispose();

    private static async Task EveryoneWaitsAsync(EdgeUnderTest edge)
    {
        StepBoard board = edge.Services.GetRequiredService<StepBoard>();
        IReadOnlyList<string> at = [];
        bool All() => (at = board.Innermost()).Count >= 6 && at.All(step => step.Contains("> waiting ", StringComparison.Ordinal));

        // A moment in which one of them works passes.
        long began = TimeProvider.System.GetTimestamp();
        while (!All())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, string.Join('\n', at));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
