using Flip.Edge.Configuration;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Monitoring;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Monitoring;

public sealed class SettledWarningTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task The_log_asks_for_what_was_typed_no_longer_and_the_nameplate_still_shows_it()
    {
        (_, IReadOnlyList<string> asked) = await WatchAsync(new());
        Assert.Contains(asked, line => line.Contains("type Overrides:CapacityWh", StringComparison.Ordinal));

        (Nameplate typed, IReadOnlyList<string> settled) = await WatchAsync(new() { CapacityWh = 16_000 });
        Assert.DoesNotContain(settled, line => line.Contains("type Overrides:CapacityWh", StringComparison.Ordinal));
        Assert.Contains(typed.Warnings, warning => warning is { Override: "CapacityWh", NeedsPerson: false });
    }

    public void Dispose() => _directory.Dispose();

    private async Task<(Nameplate Nameplate, IReadOnlyList<string> Warnings)> WatchAsync(NameplateOverrides overrides)
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("victron-gx")!, 0);
        using Outbox outbox = new(_directory.Path, new FakeTimeProvider());
        DeviceSettings settings = Settings.Device("xyz-123", device.Endpoint.Bus) with { Overrides = overrides };
        DeviceFinder finder = new(settings, ProfileCatalog.Embedded, new ModbusConnections(TimeProvider.System), TimeProvider.System, new LogLines<DeviceFinder>());
        LogLines<DeviceMonitor> log = new();
        DeviceMonitor monitor = new(settings, finder, new(outbox.Store), outbox.Changes, TimeProvider.System, log);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task run = monitor.RunAsync(end.Token);
        while (monitor.Status.Nameplate is null) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, end.Token);
        await end.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (monitor.Status.Nameplate, [.. log.Lines.Where(line => line.Id == 104).Select(line => line.Line)]);
    }
}
