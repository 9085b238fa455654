using Flip.Edge.Configuration;
using Flip.Edge.Devices;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Monitoring;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Monitoring;

public sealed class DeviceFinderTests
{
    private readonly LogLines<DeviceFinder> _log = new();

    [Fact]
    public async Task A_device_is_found_out_once_and_then_only_read()
    {
        await using HostedDevice device = await DeviceAsync("growatt-vpp", 0);
        DeviceFinder finder = Finder(device.Endpoint.Bus);

        Assert.StartsWith("growatt", (await ReadAsync(finder)).Profile, StringComparison.Ordinal);
        long first = device.Device.Reads + device.Device.Refused;
        await ReadAsync(finder);

        Assert.True((device.Device.Reads + device.Device.Refused - first) * 2 < first, "the second reading asks for everything again");
        Assert.Single(_log.Lines, line => line.Line.Contains("is read with the profile growatt", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.Line.Contains("looking for it: tcp://127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_is_no_longer_what_it_was_is_found_out_anew()
    {
        HostedDevice before = await DeviceAsync("hybrid", 0);
        DeviceFinder finder = Finder(before.Endpoint.Bus);
        Assert.StartsWith("sunspec@", (await ReadAsync(finder)).Profile, StringComparison.Ordinal);
        await before.DisposeAsync();
        await using HostedDevice after = await DeviceAsync("growatt-vpp", ((ModbusTcpEndpoint)before.Endpoint).Port);

        Assert.StartsWith("growatt", (await ReadAsync(finder)).Profile, StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.Line.Contains("can no longer be read with the profile sunspec", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_is_away_is_not_looked_for_elsewhere_until_it_was_silent_for_long()
    {
        HostedDevice device = await DeviceAsync("hybrid", 0);
        DeviceFinder finder = Finder(device.Endpoint.Bus);
        await ReadAsync(finder);
        await device.DisposeAsync();
        int looked = Looked();

        for (int i = 1; i < 20; i++) await Assert.ThrowsAsync<DeviceNotFoundException>(() => ReadAsync(finder));
        Assert.Equal(looked, Looked());

        await Assert.ThrowsAsync<DeviceNotFoundException>(() => ReadAsync(finder));
        Assert.True(Looked() > looked);
    }

    [Fact]
    public async Task A_profile_that_a_person_named_is_not_replaced_by_a_better_one()
    {
        await using HostedDevice device = await DeviceAsync("hybrid", 0);
        DeviceFinder finder = Finder(device.Endpoint.ToString(), "sungrow-sh");
        await Assert.ThrowsAsync<DeviceNotReadableException>(() => ReadAsync(finder));
        await Assert.ThrowsAsync<DeviceNotReadableException>(() => ReadAsync(finder));
    }

    [Fact]
    public async Task A_device_that_sleeps_keeps_its_profile_and_says_so_once()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0, [Behaviours.Find("night-zeros")!]);
        DeviceFinder finder = Finder(device.Endpoint.Bus);
        Assert.True((await Assert.ThrowsAsync<DeviceNotReadableException>(() => ReadAsync(finder))).IsAsleep);
        int looked = Looked();

        for (int i = 0; i < 3; i++) await Assert.ThrowsAsync<DeviceNotReadableException>(() => ReadAsync(finder));

        Assert.Equal(looked, Looked());
        Assert.Single(_log.Lines, line => line.Line.Contains("is read with the profile", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Line.Contains("can no longer be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_was_named_is_not_said_to_be_read_before_it_answered()
    {
        HostedDevice before = await DeviceAsync("hybrid", 0);
        int port = ((ModbusTcpEndpoint)before.Endpoint).Port;
        await before.DisposeAsync();
        DeviceFinder finder = Finder(before.Endpoint.ToString(), "sunspec");
        await Assert.ThrowsAsync<DeviceNotFoundException>(() => ReadAsync(finder));
        Assert.DoesNotContain(_log.Lines, line => line.Line.Contains("is read with", StringComparison.Ordinal));

        await using HostedDevice after = await DeviceAsync("hybrid", port);
        await ReadAsync(finder);
        Assert.Single(_log.Lines, line => line.Line.Contains("is read with the profile sunspec", StringComparison.Ordinal));
    }

    private static Task<HostedDevice> DeviceAsync(string image, int port) => HostedDevice.OnTcpAsync(DeviceImages.Find(image)!, port);

    private int Looked() => _log.Lines.Count(line => line.Line.Contains("looking for it", StringComparison.Ordinal));

    private DeviceFinder Finder(string endpoint, string profile = DeviceProbe.Auto)
    {
        DeviceSettings settings = Settings.Device("xyz-123", endpoint) with { Profile = profile };
        return new(settings, ProfileCatalog.Embedded, new ModbusConnections(TimeProvider.System), TimeProvider.System, _log);
    }

    private static async Task<Flip.Edge.Devices.Nameplates.Nameplate> ReadAsync(DeviceFinder finder) =>
        (await finder.ReadAsync(TestContext.Current.CancellationToken)).Nameplate;
}
