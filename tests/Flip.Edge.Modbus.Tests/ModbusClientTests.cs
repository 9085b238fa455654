namespace Flip.Edge.Modbus.Tests;

public sealed class ModbusClientTests
{
    [Theory]
    [InlineData("tcp://127.0.0.1", 1, 0, 0, "between 1 and 100 registers at once")]
    [InlineData("tcp://127.0.0.1", 1, 0, 101, "between 1 and 100 registers at once")]
    [InlineData("tcp://127.0.0.1", 1, 65535, 2, "2 registers from there pass the last one, 65535")]
    [InlineData("rtu+tcp://127.0.0.1:1", 0, 0, 1, "a unit on a serial line is between 1 and 247")]
    [InlineData("rtu:///dev/ttyUSB0", 248, 0, 1, "a unit on a serial line is between 1 and 247")]
    public async Task A_read_out_of_range_is_refused_before_anything_is_sent(string endpoint, byte unit, ushort address, ushort count, string expected)
    {
        await using IModbusClient client = ModbusClient.Create(ModbusEndpoint.Parse(endpoint), new() { RegistersPerRead = 100 });
        ArgumentOutOfRangeException e = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await client.ReadHoldingRegistersAsync(unit, address, count, TestContext.Current.CancellationToken));
        Assert.StartsWith(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(124)]
    public async Task A_write_of_more_than_123_registers_is_refused(int count)
    {
        await using IModbusClient client = ModbusClient.Create(ModbusEndpoint.Parse("tcp://127.0.0.1"));
        ArgumentOutOfRangeException e = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await client.WriteMultipleRegistersAsync(1, 0, new ushort[count], TestContext.Current.CancellationToken));
        Assert.StartsWith("between 1 and 123 registers at once", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        ModbusEndpoint endpoint = ModbusEndpoint.Parse("tcp://127.0.0.1");
        Assert.Throws<ArgumentOutOfRangeException>("RegistersPerRead", () => ModbusClient.Create(endpoint, new() { RegistersPerRead = 126 }));
        Assert.Throws<ArgumentOutOfRangeException>("ResponseTimeout", () => ModbusClient.Create(endpoint, new() { ResponseTimeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>("LeastResponseTimeout", () => ModbusClient.Create(endpoint, new() { LeastResponseTimeout = TimeSpan.FromSeconds(6) }));
        Assert.Throws<ArgumentOutOfRangeException>("ResponseTimeout", () => ModbusClient.Create(
            endpoint, new() { ResponseTimeout = TimeSpan.FromSeconds(3), LeastResponseTimeout = TimeSpan.FromSeconds(1), MostResponseTimeout = TimeSpan.FromSeconds(2) }));
        Assert.Throws<ArgumentOutOfRangeException>("RequestGap", () => ModbusClient.Create(endpoint, new() { RequestGap = TimeSpan.FromSeconds(-1) }));
    }
}
