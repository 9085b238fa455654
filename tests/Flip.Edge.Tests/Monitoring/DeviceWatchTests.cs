using Flip.Edge.Configuration;
using Flip.Edge.Monitoring;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Monitoring;

public sealed class DeviceWatchTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Outbox _outbox;

    public DeviceWatchTests() => _outbox = new(_directory.Path, new FakeTimeProvider(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)));

    [Fact]
    public async Task A_monitor_that_dies_ends_the_watch_although_the_other_devices_are_still_read()
    {
        EdgeSettings settings = Settings.For(_directory.Path) with
        {
            Devices = [Settings.Device("battery-1", "tcp://127.0.0.1:9"), Settings.Device("battery-2", "tcp://127.0.0.1:9")],
        };
        ModbusConnections connections = new(TimeProvider.System);
        using DeviceWatch devices = new(
            new(settings),
            device => new(
                device, () => device.Id == "battery-1" ? settings.Profiles : throw new OperationCanceledException("a cancellation that nobody asked for"),
                connections, TimeProvider.System, NullLogger<DeviceFinder>.Instance),
            new(_outbox.Store), _outbox.Changes, TimeProvider.System, NullLogger<DeviceMonitor>.Instance);
        await devices.StartAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidOperationException>(() => devices.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
    }

    /// <summary>A watch that nobody wakes any more used up the time that the service has for its end.</summary>
    [Fact]
    public async Task Without_a_device_it_ends_at_once()
    {
        EdgeSettings settings = Settings.For(_directory.Path) with { Devices = [] };
        using DeviceWatch devices = new(new(settings), Finders.At(TimeProvider.System), new(_outbox.Store), _outbox.Changes, TimeProvider.System, NullLogger<DeviceMonitor>.Instance);
        await devices.StartAsync(TestContext.Current.CancellationToken);

        await devices.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.False(devices.ExecuteTask!.IsFaulted);
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }
}
