using Flip.Edge.Modbus;
using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P01_OneClientOnly;

/// <summary>
/// An inverter takes one Modbus TCP client: another tool holds it, or the newest connection evicts the older.
/// <see href="https://github.com/binsentsu/home-assistant-solaredge-modbus/issues/107"/>,
/// <see href="https://github.com/evcc-io/evcc/issues/3183"/>, <see href="https://github.com/wlcrs/huawei_solar/issues/13"/>
/// </summary>
public sealed class OneClientOnlyTests
{
    [Fact]
    public async Task A_port_that_refuses_is_told_with_the_likely_reason()
    {
        await using WireRig rig = await OnTcpAsync(null, Named("refused"));
        ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(rig.ReadAsync);
        Assert.Equal(ModbusConnectionFailure.Refused, e.Failure);
        Assert.EndsWith("or another client holds it", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_cut_because_another_client_has_the_only_one_says_so_until_that_one_leaves()
    {
        await using WireRig rig = await OnTcpAsync(null, Named("one-client"));
        await using (IModbusClient other = ModbusClient.Create(rig.Device.Endpoint))
        {
            await other.ReadHoldingRegistersAsync(1, 40000, 2, TestContext.Current.CancellationToken);
            ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(rig.ReadAsync);
            Assert.Contains("another client", e.Message, StringComparison.Ordinal);
        }

        while (true)
        {
            try
            {
                await rig.ReadRightlyAsync();
                return;
            }
            catch (ModbusConnectionException)
            {
                await Task.Yield(); // the device has not seen yet that the other one has left
            }
        }
    }

    [Fact]
    public async Task Two_clients_that_evict_each_other_both_read_the_nameplate()
    {
        await using WireRig rig = await OnTcpAsync(null, Named("evicts-older-client"));
        await using IModbusClient other = ModbusClient.Create(rig.Device.Endpoint);
        for (int i = 0; i < 2; i++)
        {
            await rig.ReadRightlyAsync();
            Assert.Equal([0x5375, 0x6E53], await other.ReadHoldingRegistersAsync(1, 40000, 2, TestContext.Current.CancellationToken));
        }

        Assert.Equal(2, rig.Client.Counters.Connects);
    }

    [Fact]
    public async Task A_connection_that_is_reset_at_once_is_told_and_not_tried_for_ever()
    {
        await using WireRig rig = await OnTcpAsync(null, Named("reset-after-connect"));
        ModbusConnectionException e = await Assert.ThrowsAsync<ModbusConnectionException>(rig.ReadAsync);
        Assert.Contains("another client", e.Message, StringComparison.Ordinal);
    }
}
