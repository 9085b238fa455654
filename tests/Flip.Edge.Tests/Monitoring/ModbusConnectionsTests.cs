using Flip.Edge.Modbus;
using Flip.Edge.Monitoring;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Tests.Monitoring;

/// <summary>Two devices on one bus: each is served as it needs, and neither makes the other's life harder than it has to.</summary>
public sealed class ModbusConnectionsTests
{
    private readonly ModbusConnections _connections = new(TimeProvider.System);

    [Fact]
    public async Task The_line_waits_as_long_as_its_most_patient_user_needs_whoever_came_first()
    {
        await using HostedDevice device = await DeviceAsync();
        await using IModbusClient hasty = _connections.Rent(device.Endpoint, new());
        await ReadAsync(hasty);
        await using IModbusClient patient = _connections.Rent(device.Endpoint, new() { ResponseTimeout = TimeSpan.FromSeconds(3) });

        await ReadAsync(hasty);

        Assert.True(hasty.ResponseTimeout >= TimeSpan.FromSeconds(3), $"{hasty.ResponseTimeout}");
        Assert.Equal((2, 2L), ((int)_connections.Totals.Connects, _connections.Totals.Requests));
    }

    [Fact]
    public async Task How_many_registers_go_into_one_read_is_each_users_own()
    {
        await using HostedDevice device = await DeviceAsync();
        await using IModbusClient narrow = _connections.Rent(device.Endpoint, new() { RegistersPerRead = 10 });
        await using IModbusClient wide = _connections.Rent(device.Endpoint, new());

        Assert.Equal((10, 125), (narrow.Options.RegistersPerRead, wide.Options.RegistersPerRead));
        Assert.Equal(60, (await wide.ReadHoldingRegistersAsync(1, 40000, 60, TestContext.Current.CancellationToken)).Length);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await narrow.ReadHoldingRegistersAsync(1, 40000, 11, TestContext.Current.CancellationToken));
        Assert.Equal(1, _connections.Totals.Connects);
    }

    [Fact]
    public async Task Users_of_one_kind_share_one_connection_which_ends_with_the_last()
    {
        await using HostedDevice device = await DeviceAsync();
        IModbusClient one = _connections.Rent(device.Endpoint, new()), other = _connections.Rent(device.Endpoint, new());
        await ReadAsync(one);
        await ReadAsync(other);
        await one.DisposeAsync();
        await one.DisposeAsync();
        await ReadAsync(other);
        await other.DisposeAsync();
        Assert.Equal((1, 3L), ((int)_connections.Totals.Connects, _connections.Totals.Requests));

        await using IModbusClient later = _connections.Rent(device.Endpoint, new());
        await ReadAsync(later);
        Assert.Equal((2, 4L), ((int)_connections.Totals.Connects, _connections.Totals.Requests));
    }

    private static Task<HostedDevice> DeviceAsync() => HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);

    private static async Task ReadAsync(IModbusClient client) => await client.ReadHoldingRegistersAsync(1, 40000, 2, TestContext.Current.CancellationToken);
}
