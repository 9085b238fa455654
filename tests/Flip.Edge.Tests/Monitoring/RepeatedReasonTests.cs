using System.Net;
using System.Net.Sockets;
using Flip.Edge.Configuration;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Monitoring;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Monitoring;

/// <summary>Pitfall 45: log lines wear flash, and one at each look hides those that matter.</summary>
public sealed class RepeatedReasonTests : IDisposable
{
    private const int Enough = 12;

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task A_device_that_flaps_between_two_reasons_is_a_line_for_each_reason_and_not_one_for_each_look()
    {
        FakeTimeProvider time = new();
        using Outbox outbox = new(_directory.Path, time);
        using TcpListener reserved = new(IPAddress.Loopback, 0);
        reserved.Start();
        int port = ((IPEndPoint)reserved.LocalEndpoint).Port;
        reserved.Stop();
        DeviceSettings settings = Settings.Device("xyz-123", $"tcp://127.0.0.1:{port}?unit=1") with { Profile = "sunspec" };
        LogLines<DeviceMonitor> log = new();
        DeviceFinder finder = new(settings, ProfileCatalog.Embedded, new ModbusConnections(time), time, new LogLines<DeviceFinder>());
        DeviceMonitor monitor = new(settings, finder, new(outbox.Store), outbox.Changes, time, log);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task run = monitor.RunAsync(end.Token);

        // Now nothing listens, now something does that says nothing.
        HashSet<string> reasons = [];
        TcpListener? silent = null;
        string? last = null;
        for (int changes = 0; changes < Enough;)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, end.Token);
            if (monitor.Status.Reason is not { } reason || reason == last) continue;
            changes++;
            last = reason;
            reasons.Add(new([.. reason.Where(character => !char.IsAsciiDigit(character))]));
            if (silent is null)
            {
                silent = new(IPAddress.Loopback, port);
                silent.Start();
            }
            else
            {
                silent.Dispose();
                silent = null;
            }
        }

        silent?.Dispose();
        await end.CancelAsync();
        await Task.WhenAny(run);
        Assert.InRange(reasons.Count, 2, Enough - 2);
        Assert.Equal(reasons.Count, log.Lines.Count(line => line.Id == 102));
    }

    public void Dispose() => _directory.Dispose();
}
