using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P02_SessionsThatEnd;

/// <summary>
/// Peers close idle or long sessions, and readers never reconnect after the night.
/// <see href="https://github.com/tiagocoutinho/modbus-proxy/issues/2"/>, <see href="https://github.com/home-assistant/core/issues/53006"/>,
/// <see href="https://github.com/nathanmarlor/foxess_modbus/issues/27"/>
/// </summary>
public sealed class SessionsThatEndTests
{
    [Fact]
    public async Task Sessions_that_are_closed_in_the_middle_of_a_reading_are_opened_again_silently()
    {
        await using WireRig rig = await OnTcpAsync(null, Named("closes-often"));
        await rig.ReadRightlyAsync();
        Assert.True(rig.Client.Counters.Connects > 1);
    }

    [Fact]
    public async Task A_connection_that_died_without_a_word_is_given_up_for_a_new_one_within_the_reading()
    {
        await using WireRig rig = await OnTcpAsync(null, Named("half-open"));
        await rig.ReadRightlyAsync();
        Assert.Equal(2, rig.Client.Counters.Connects);
    }

    [Fact]
    public async Task The_cable_may_go_out_and_in_again()
    {
        HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        ModbusTcpEndpoint endpoint = (ModbusTcpEndpoint)device.Endpoint;
        await using IModbusClient client = ModbusClient.Create(endpoint);
        for (int night = 0; night < 2; night++)
        {
            Assert.Equal([0x5375], await client.ReadHoldingRegistersAsync(1, 40000, 1, TestContext.Current.CancellationToken));
            await device.DisposeAsync();
            await Assert.ThrowsAsync<ModbusConnectionException>(
                () => client.ReadHoldingRegistersAsync(1, 40000, 1, TestContext.Current.CancellationToken).AsTask());
            device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, endpoint.Port);
        }

        Assert.Equal([0x5375], await client.ReadHoldingRegistersAsync(1, 40000, 1, TestContext.Current.CancellationToken));
        await device.DisposeAsync();
    }
}
