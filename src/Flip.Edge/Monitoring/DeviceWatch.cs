using Flip.Edge.Configuration;

namespace Flip.Edge.Monitoring;

/// <summary>All devices of the site, each with its monitor.</summary>
internal sealed class DeviceWatch : BackgroundService
{
    private readonly DeviceMonitor[] _monitors;

    public DeviceWatch(EdgeSettings settings, ModbusConnections connections, ChangeSignal changes, TimeProvider time, ILogger<DeviceMonitor> log) =>
        _monitors = [.. settings.Devices.Select(device => new DeviceMonitor(device, connections, changes, time, log))];

    /// <summary>In the order of the configuration.</summary>
    public IReadOnlyList<DeviceStatus> Statuses => [.. _monitors.Select(monitor => monitor.Status)];

    /// <summary>Asks for a new reading of every device.</summary>
    /// <returns>A ticket for each device, in the order of the configuration.</returns>
    public IReadOnlyList<long> Refresh() => [.. _monitors.Select(monitor => monitor.Refresh())];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_monitors.Select(monitor => monitor.RunAsync(stoppingToken)));
}
