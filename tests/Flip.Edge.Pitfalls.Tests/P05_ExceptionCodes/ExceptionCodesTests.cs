using Flip.Edge.Devices;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Hostile;
using static Flip.Edge.Pitfalls.WireRig;

namespace Flip.Edge.Pitfalls.P05_ExceptionCodes;

/// <summary>
/// Exception 6 (busy), 4, 10 and 11 through gateways are normal. <see href="https://github.com/evcc-io/evcc/issues/30803"/>,
/// <see href="https://github.com/volkszaehler/mbmd/issues/69"/>, <see href="https://github.com/RichiH/modbus_exporter/issues/69"/>
/// </summary>
public sealed class ExceptionCodesTests
{
    [Theory]
    [InlineData(5, HostileWires.Tcp)]
    [InlineData(6, HostileWires.Tcp)]
    [InlineData(6, HostileWires.Rtu)]
    public async Task A_busy_device_is_asked_again(int code, HostileWires wire)
    {
        await using WireRig rig = await OnAsync(wire, null, Named($"exception-{code}"));
        await rig.ReadRightlyAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_device_that_has_no_such_registers_is_told_from_one_that_is_not_there(int code)
    {
        await using WireRig rig = await OnTcpAsync(null, Named($"exception-{code}"));
        DeviceNotReadableException e = await Assert.ThrowsAsync<DeviceNotReadableException>(rig.ReadAsync);
        Assert.Contains("answers, but is no SunSpec device", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, "exception 7, the device refuses to do this")]
    [InlineData(8, "exception 8, the device reports a fault in its memory")]
    [InlineData(9, "exception 9, which the Modbus specification does not define")]
    [InlineData(10, "exception 10, the inverter, dongle or serial server has no path to this unit; check the unit id")]
    [InlineData(11, "exception 11, no device answers behind the inverter, dongle or serial server; check the unit id")]
    public async Task Each_other_code_has_its_own_sentence(int code, string sentence)
    {
        await using WireRig rig = await OnTcpAsync(null, Named($"exception-{code}"));
        ModbusDeviceException e = await Assert.ThrowsAsync<ModbusDeviceException>(rig.ReadAsync);
        Assert.Equal((ModbusExceptionCode)code, e.Code);
        Assert.EndsWith(sentence, e.Message, StringComparison.Ordinal);
    }
}
