using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;

namespace Flip.Edge.Monitoring;

/// <summary>All devices of the site, each with its monitor.</summary>
internal sealed class DeviceWatch : BackgroundService
{
    private readonly Func<DeviceSettings, DeviceMonitor> _monitorOf;
    private readonly ChangeSignal _replaced = new();
    private volatile DeviceMonitor[] _monitors;

    public DeviceWatch(
        CurrentSettings settings, Func<DeviceSettings, DeviceFinder> finderOf, CommissionedDevices commissioned, ChangeSignal changes, TimeProvider time,
        ILogger<DeviceMonitor> log)
    {
        _monitorOf = device => new DeviceMonitor(device, finderOf(device), commissioned, changes, time, log);
        _monitors = [.. settings.Now.Devices.Select(_monitorOf)];
    }

    /// <summary>In the order of the configuration.</summary>
    public IReadOnlyList<DeviceStatus> Statuses => [.. _monitors.Select(monitor => monitor.Status)];

    /// <summary>Asks for a new reading of every device.</summary>
    /// <returns>A ticket for each device, in the order of the configuration.</returns>
    public IReadOnlyList<long> Refresh() => [.. _monitors.Select(monitor => monitor.Refresh())];

    /// <summary>Watches these devices from now on. Every one is read anew; what was read of one whose settings stayed is shown until then.</summary>
    public void Replace(IReadOnlyList<DeviceSettings> devices)
    {
        DeviceMonitor[] before = _monitors;
        _monitors = [.. devices.Select(device => before.FirstOrDefault(monitor => monitor.Status.Device == device) ?? _monitorOf(device))];
        _replaced.Raise();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Task replaced = _replaced.Next.WaitAsync(stoppingToken);
            using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            Task[] monitors = [.. _monitors.Select(monitor => monitor.RunAsync(end.Token))];
            Task watching = Task.WhenAll(monitors);
            // One that ends by a fault of ours is not waited for by those that go on.
            Task ended = await Task.WhenAny([.. monitors, replaced]);
            await end.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (watching.IsFaulted) await watching;
            if (ended != replaced && !stoppingToken.IsCancellationRequested) throw new InvalidOperationException("a device is not watched any more, and nothing says why");
        }
    }
}
