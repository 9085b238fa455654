using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Simulator.Tests.Devices;

public class SimulatedDeviceTests
{
    private readonly SimulatedDevice _device = new(MapReading.Map("hybrid"), DeviceWire.Tcp, 1, 3);

    [Fact]
    public void It_answers_its_unit_ids_and_counts_what_it_gave()
    {
        Assert.Null(_device.Read(1, 3, 40000, new ushort[2]));
        Assert.Null(_device.Read(3, 3, 40002, new ushort[68]));
        Assert.Equal((2, 70, 0), (_device.Reads, _device.RegistersRead, _device.Refused));
    }

    [Fact]
    public void Another_unit_gets_exception_11_over_tcp_and_silence_on_a_serial_line()
    {
        var serial = new SimulatedDevice(MapReading.Map("hybrid"), DeviceWire.Rtu);
        Assert.Equal(ModbusExceptionCode.GatewayTargetNoResponse, _device.Read(2, 3, 40000, new ushort[2]));
        Assert.Equal(IRegisterBank.NoReply, serial.Read(2, 3, 40000, new ushort[2]));
        Assert.Null(serial.Read(1, 3, 40000, new ushort[2]));
    }

    [Theory]
    [InlineData(39999, 1)]
    [InlineData(40345, 2)]
    [InlineData(65535, 2)]
    public void Registers_outside_of_the_map_are_an_illegal_address(int address, int count) =>
        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, _device.Read(1, 3, (ushort)address, new ushort[count]));

    [Fact]
    public void Input_registers_are_an_illegal_function() =>
        Assert.Equal(ModbusExceptionCode.IllegalFunction, _device.Read(1, 4, 40000, new ushort[2]));

    [Fact]
    public void A_setting_can_be_written_and_a_rating_can_not()
    {
        var word = new ushort[1];
        Assert.Null(_device.Write(1, 40256, [500])); // 124 WChaMax
        Assert.Null(_device.Read(1, 3, 40256, word));
        Assert.Equal(500, word[0]);
        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, _device.Write(1, 40283, [9999])); // 802 WHRtg
        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, _device.Write(1, 40255, [24, 500])); // 124 L and WChaMax
    }

    [Fact]
    public void Every_request_is_told_with_its_answer()
    {
        var told = new List<string>();
        _device.Accessed += access => told.Add(access.ToString());
        _device.Read(1, 3, 40000, new ushort[2]);
        _device.Read(1, 3, 0, new ushort[2]);
        Assert.Equal(["unit 1: read 2 at 40000", "unit 1: read 2 at 0: exception 2"], told);
    }
}
