using System.Collections.Concurrent;
using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Storage;

/// <summary>
/// 200 seeded corruptions of the files of a whole gateway, 50 at each of four moments, each followed by a start against a real device and a
/// cloud that knows what it knew when the power went: the gateway always ends commissioned, and the site stays one.
/// </summary>
public sealed class CorruptedGatewayEndToEndTests : IAsyncLifetime
{
    private const int SeedsForEach = 50;
    private const int AtOnce = 4;

    private readonly TempDirectory _directory = new();
    private HostedDevice? _device;

    /// <summary>When the power goes.</summary>
    public enum Moment
    {
        /// <summary>The trigger was accepted, and the device does not answer.</summary>
        Requested,

        /// <summary>The cloud is away.</summary>
        Queued,

        /// <summary>The cloud has the site, and its answer is on its way.</summary>
        Sending,

        /// <summary>Everything is done.</summary>
        Commissioned,
    }

    public async ValueTask InitializeAsync() => _device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);

    [Theory]
    [InlineData(Moment.Requested)]
    [InlineData(Moment.Queued)]
    [InlineData(Moment.Sending)]
    [InlineData(Moment.Commissioned)]
    public async Task Whatever_happens_to_its_files_a_gateway_ends_commissioned_and_its_site_stays_one(Moment moment)
    {
        MockSite? known = await CutAsync(moment);
        ConcurrentBag<string> failures = [];

        await Parallel.ForEachAsync(
            Enumerable.Range((int)moment * 1000, SeedsForEach),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (seed, _) =>
            {
                if (await StartCorruptedAsync(moment, seed, known) is { } failure) failures.Add(failure);
            });

        Assert.Empty(failures);
    }

    /// <summary>Takes a gateway to the moment, and keeps its files as a power cut would leave them.</summary>
    private async Task<MockSite?> CutAsync(Moment moment)
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(
            new()
            {
                Faults = moment switch
                {
                    Moment.Queued => [.. Enumerable.Repeat(MockFault.Status(503), 100)],
                    Moment.Sending => [MockFault.Delay(TimeSpan.FromSeconds(20))],
                    _ => [],
                },
            },
            TestContext.Current.CancellationToken);
        using TempDirectory live = new();
        EdgeSettings settings = EdgeUnderTest.Settings(live, cloud, _device!);
        if (moment == Moment.Requested) settings = settings with { Devices = [Support.Settings.Device("xyz-123", "tcp://127.0.0.1:9?unit=1")] };
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        await edge.PressAsync();
        await (moment switch
        {
            Moment.Requested => edge.UntilAsync("waiting", "device"),
            Moment.Queued => edge.UntilAsync("queued", "transient"),
            Moment.Sending => edge.UntilAsync("sending"),
            _ => edge.UntilAsync("commissioned"),
        });
        while (moment == Moment.Sending && cloud.Ledger.Sites.Count == 0) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        foreach (string name in (string[])["flip-edge.db", "flip-edge.db-wal", "identity.json"])
        {
            if (File.Exists(live.File(name))) File.Copy(live.File(name), _directory.File(name));
        }

        return cloud.Ledger.Sites.SingleOrDefault();
    }

    private async Task<string?> StartCorruptedAsync(Moment moment, int seed, MockSite? known)
    {
        using TempDirectory corrupted = new();
        foreach (string file in Directory.GetFiles(_directory.Path)) File.Copy(file, corrupted.File(Path.GetFileName(file)));
        Corruption corruption = new(seed);
        string story = $"{moment}, {corruption.Apply(corrupted.Path)}";
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new(), TestContext.Current.CancellationToken);
        if (known is not null) cloud.Ledger.Seed(known.Id, [.. known.Devices]);
        EdgeSettings settings = EdgeUnderTest.Settings(corrupted, cloud, _device!);
        settings = settings with { Commissioning = settings.Commissioning with { Retry = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100)) } };
        try
        {
            await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
            JsonElement status = await edge.StatusAsync();
            string? code = status.GetProperty("commissioning").GetProperty("reason_code").GetString();
            if (code == "trigger")
            {
                // What was accepted may only be forgotten when the mirror was damaged too, and then it is said.
                if (corruption.SparesMirror) return $"{story}: the trigger was lost: {status}";
                if (status.GetProperty("storage").GetProperty("recovered").GetString() is null) return $"{story}: nothing is said: {status}";
                await edge.PressAsync();
            }

            await edge.UntilAsync("commissioned");
            return cloud.Ledger.Sites.Count == 1 ? null : $"{story}: {cloud.Ledger.Sites.Count} sites";
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            return $"{story}: {failed.Message}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_device is not null) await _device.DisposeAsync();
        _directory.Dispose();
    }
}
