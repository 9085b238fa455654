using Flip.Edge.Devices.Registers;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Tests.Profiles.Reading;

public sealed class ReadCostTests
{
    [Fact]
    public void A_transaction_at_9600_baud_is_worth_ten_registers()
    {
        ReadCost cost = ReadCost.Of(ModbusEndpoint.Parse("rtu:///dev/ttyTest?baud=9600"), null);

        Assert.Equal(20 * 10 / 9.6, cost.TransactionMs, 3);
        Assert.Equal(2 * 10 / 9.6, cost.RegisterMs, 3);
        Assert.Equal(10, cost.TransactionInRegisters);
    }

    [Fact]
    public void The_latency_of_the_device_makes_a_transaction_dearer()
    {
        ModbusEndpoint line = ModbusEndpoint.Parse("rtu:///dev/ttyTest?baud=9600");

        Assert.Equal(ReadCost.Of(line, null).TransactionMs + 50, ReadCost.Of(line, TimeSpan.FromMilliseconds(50)).TransactionMs, 6);
    }

    [Fact]
    public void Parity_makes_each_character_longer() => Assert.Equal(
        ReadCost.Of(ModbusEndpoint.Parse("rtu:///dev/ttyTest?baud=9600"), null).RegisterMs * 1.1,
        ReadCost.Of(ModbusEndpoint.Parse("rtu:///dev/ttyTest?baud=9600&parity=even"), null).RegisterMs, 6);

    [Fact]
    public void Above_19200_baud_the_silences_stay_as_long_as_they_are() =>
        Assert.Equal((13 * 10 / 115.2) + 3.5, ReadCost.Of(ModbusEndpoint.Parse("rtu:///dev/ttyTest?baud=115200"), null).TransactionMs, 3);

    [Fact]
    public void Over_a_slow_network_any_gap_that_fits_a_read_is_read_through() =>
        Assert.True(ReadCost.Of(ModbusEndpoint.Parse("tcp://192.0.2.1"), TimeSpan.FromMilliseconds(20)).TransactionInRegisters > 125);
}
