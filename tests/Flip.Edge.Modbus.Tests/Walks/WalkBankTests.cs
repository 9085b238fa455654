namespace Flip.Edge.Modbus.Tests.Walks;

public class WalkBankTests
{
    [Fact]
    public void Registers_that_are_known_come_in_whatever_blocks_they_are_asked_for()
    {
        WalkBank bank = Bank(Words(1, 3, 100, 1, 2, 3), Words(1, 3, 103, 4));

        Assert.Equal((null, "2,3,4"), Read(bank, 1, 3, 101, 3));
    }

    [Fact]
    public void What_was_refused_is_refused_again_though_its_registers_are_known()
    {
        // A device that won't give so many at once.
        WalkBank bank = Bank(Refused(1, 3, 100, 3, ModbusExceptionCode.IllegalDataValue), Words(1, 3, 100, 1, 2), Words(1, 3, 102, 3));

        Assert.Equal(ModbusExceptionCode.IllegalDataValue, Read(bank, 1, 3, 100, 3).Answer);
        Assert.Null(Read(bank, 1, 3, 100, 2).Answer);
    }

    [Fact]
    public void A_device_that_was_busy_and_then_answered_answers()
    {
        WalkBank bank = Bank(Refused(1, 3, 100, 1, ModbusExceptionCode.DeviceBusy), Words(1, 3, 100, 7));

        Assert.Equal((null, "7"), Read(bank, 1, 3, 100, 1));
        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, Read(bank, 1, 3, 500, 1).Answer);
    }

    [Fact]
    public void What_is_not_known_gets_what_the_device_said_elsewhere_of_what_it_has_not()
    {
        WalkBank silent = Bank(Words(1, 3, 100, 1), Refused(1, 3, 0, 1, IRegisterBank.NoReply));
        WalkBank failing = Bank(Words(1, 3, 100, 1), Refused(1, 3, 0, 1, ModbusExceptionCode.DeviceFailure), Refused(1, 3, 9, 1, IRegisterBank.NoReply));

        Assert.Equal(IRegisterBank.NoReply, Read(silent, 1, 3, 200, 1).Answer);
        Assert.Equal(ModbusExceptionCode.DeviceFailure, Read(failing, 1, 3, 200, 1).Answer);
    }

    [Fact]
    public void Holding_and_input_registers_are_kept_apart_and_so_are_units()
    {
        WalkBank bank = Bank(Words(1, 3, 100, 1), Words(1, 4, 100, 2), Words(7, 3, 100, 3));

        Assert.Equal((null, "1"), Read(bank, 1, 3, 100, 1));
        Assert.Equal((null, "2"), Read(bank, 1, 4, 100, 1));
        Assert.Equal((null, "3"), Read(bank, 7, 3, 100, 1));
        Assert.Equal(ModbusExceptionCode.IllegalDataAddress, Read(bank, 7, 4, 100, 1).Answer);
        Assert.Equal([1, 7], bank.Units);
    }

    [Theory]
    [InlineData("tcp://h:502?unit=1", ModbusExceptionCode.GatewayTargetNoResponse)]
    [InlineData("rtu:///dev/ttyUSB0?unit=1", (ModbusExceptionCode)0)]
    [InlineData("rtu+tcp://h:502?unit=1", (ModbusExceptionCode)0)]
    public void A_unit_that_never_answered_is_absent_as_such_are_on_that_wire(string endpoint, ModbusExceptionCode answer) =>
        Assert.Equal(answer, Read(new WalkBank(new("d", endpoint, default, [Words(1, 3, 100, 1)])), 9, 3, 100, 1).Answer);

    [Fact]
    public void A_register_that_changed_is_as_it_was_last() => Assert.Equal((null, "9"), Read(Bank(Words(1, 3, 100, 1), Words(1, 3, 99, 8, 9)), 1, 3, 100, 1));

    [Fact]
    public void Nothing_is_written() => Assert.Equal(ModbusExceptionCode.IllegalFunction, Bank(Words(1, 3, 100, 1)).Write(1, 100, [5]));

    private static WalkBank Bank(params WalkRead[] reads) => new(new("d", "tcp://h:502?unit=1", default, reads));

    private static WalkRead Words(byte unit, byte function, ushort address, params ushort[] words) => new(unit, function, address, (ushort)words.Length, words, null);

    private static WalkRead Refused(byte unit, byte function, ushort address, ushort count, ModbusExceptionCode code) => new(unit, function, address, count, null, code);

    private static (ModbusExceptionCode? Answer, string Words) Read(WalkBank bank, byte unit, byte function, ushort address, int count)
    {
        ushort[] words = new ushort[count];
        return (bank.Read(unit, function, address, words), string.Join(',', words));
    }
}
