namespace Flip.Edge.Modbus.Tests;

public sealed class ModbusEndpointParserTests
{
    [Theory]
    [InlineData("tcp://192.168.1.50", "tcp://192.168.1.50:502?unit=1")]
    [InlineData("tcp://inverter.lan:1502?unit=0", "tcp://inverter.lan:1502?unit=0")]
    [InlineData("tcp://inverter.lan/?unit=255", "tcp://inverter.lan:502?unit=255")]
    [InlineData("tcp://[fe80::1]:502", "tcp://[fe80::1]:502?unit=1")]
    [InlineData("rtu+tcp://[::1]:502", "rtu+tcp://[::1]:502?unit=1")]
    [InlineData("rtu+tcp://10.0.0.7:4196?unit=247", "rtu+tcp://10.0.0.7:4196?unit=247")]
    [InlineData("rtu:///dev/ttyUSB0", "rtu:///dev/ttyUSB0?baud=9600&parity=none&stop=1&unit=1")]
    [InlineData(
        "rtu:///dev/serial/by-id/usb-FTDI%20X?unit=3&baud=19200&parity=even&stop=2",
        "rtu:///dev/serial/by-id/usb-FTDI X?baud=19200&parity=even&stop=2&unit=3")]
    public void A_good_endpoint_is_read_and_written_canonically(string text, string canonical) =>
        Assert.Equal(canonical, ModbusEndpoint.Parse(text).ToString());

    [Fact]
    public void An_address_of_version_6_is_written_in_brackets_and_is_one_endpoint_with_and_without_them()
    {
        ModbusTcpEndpoint endpoint = new("::1", 15020, 1);
        Assert.Equal("tcp://[::1]:15020?unit=1", endpoint.ToString());
        Assert.Equal(endpoint, ModbusEndpoint.Parse(endpoint.ToString()));
        Assert.Equal(endpoint, new ModbusTcpEndpoint("[::1]", 15020, 1));
        Assert.Equal("fe80::1%eth0", Assert.IsType<ModbusTcpEndpoint>(ModbusEndpoint.Parse("tcp://[fe80::1%eth0]")).Host);
    }

    [Theory]
    [InlineData("tcp://inverter.lan", false, false)]
    [InlineData("tcp://inverter.lan:502", true, false)]
    [InlineData("tcp://inverter.lan?unit=1", false, true)]
    [InlineData("tcp://[fe80::1]:1502?unit=1", true, true)]
    public void A_TCP_endpoint_knows_what_was_given_and_what_is_a_default(string text, bool port, bool unit)
    {
        ModbusTcpEndpoint endpoint = Assert.IsType<ModbusTcpEndpoint>(ModbusEndpoint.Parse(text));
        Assert.Equal((port, unit), (endpoint.IsPortGiven, endpoint.IsUnitGiven));
    }

    [Theory]
    [InlineData("rtu:///dev/ttyUSB0", "")]
    [InlineData("rtu:///dev/ttyUSB0?baud=9600", "baud")]
    [InlineData("rtu:///dev/ttyUSB0?parity=none&unit=1", "parity unit")]
    [InlineData("rtu:///dev/ttyUSB0?stop=1&baud=19200&parity=even&unit=3", "baud parity stop unit")]
    public void A_serial_endpoint_knows_what_was_given_and_what_is_a_default(string text, string given)
    {
        ModbusRtuEndpoint endpoint = Assert.IsType<ModbusRtuEndpoint>(ModbusEndpoint.Parse(text));
        Assert.Equal(given, string.Join(' ', new[]
        {
            endpoint.IsBaudRateGiven ? "baud" : "", endpoint.IsParityGiven ? "parity" : "", endpoint.IsStopBitsGiven ? "stop" : "",
            endpoint.IsUnitGiven ? "unit" : "",
        }.Where(name => name.Length > 0)));
    }

    [Theory]
    [InlineData("tcp://inverter.lan", "tcp://inverter.lan:502?unit=1")]
    [InlineData("rtu:///dev/ttyUSB0", "rtu:///dev/ttyUSB0?baud=9600&parity=none&stop=1&unit=1")]
    public void A_default_that_is_written_out_is_another_endpoint_with_the_same_text(string text, string writtenOut)
    {
        Assert.Equal(ModbusEndpoint.Parse(text).ToString(), ModbusEndpoint.Parse(writtenOut).ToString());
        Assert.NotEqual(ModbusEndpoint.Parse(text), ModbusEndpoint.Parse(writtenOut));
        Assert.Equal(ModbusEndpoint.Parse(text), ModbusEndpoint.Parse(text));
    }

    [Theory]
    [InlineData("", "is not an endpoint: expected tcp://")]
    [InlineData("192.168.1.50", "did you mean tcp://192.168.1.50? expected tcp://")]
    [InlineData("192.168.1.50:1502?unit=3", "did you mean tcp://192.168.1.50:1502?unit=3?")]
    [InlineData("inverter.lan", "did you mean tcp://inverter.lan?")]
    [InlineData("inverter.lan:502", "did you mean tcp://inverter.lan:502?")]
    [InlineData("::1", "did you mean tcp://[::1]?")]
    [InlineData("/dev/ttyUSB0", "did you mean rtu:///dev/ttyUSB0?")]
    [InlineData("ttyUSB0?unit=5", "did you mean rtu:///dev/ttyUSB0?unit=5?")]
    [InlineData("tcp://::1:502", "is not an endpoint")]
    [InlineData("http://192.168.1.50", "the scheme \"http\" is unknown")]
    [InlineData("tcp://", "is not an endpoint")]
    [InlineData("tcp://host:99999", "the port is \"99999\" and must be a whole number from 1 to 65535; expected tcp://")]
    [InlineData("rtu+tcp://host:no?unit=1", "the port is \"no\" and must be a whole number from 1 to 65535; expected tcp://")]
    [InlineData("tcp://host/path", "there is no place for the path \"/path\"")]
    [InlineData("tcp://me@host", "there is no place for a user name")]
    [InlineData("tcp://host?unit=256", "unit is \"256\" and must be a whole number from 0 to 255")]
    [InlineData("tcp://host?unit=", "unit is \"\" and must be a whole number from 0 to 255")]
    [InlineData("tcp://host?unit=-1", "unit is \"-1\" and must be a whole number from 0 to 255")]
    [InlineData("tcp://host?unit=1&unit=2", "\"unit\" stands twice")]
    [InlineData("tcp://host?baud=9600", "\"baud\" is unknown here")]
    [InlineData("rtu+tcp://host", "the port is missing")]
    [InlineData("rtu+tcp://host:4196?unit=0", "unit is \"0\" and must be a whole number from 1 to 247")]
    [InlineData("rtu://dev/ttyUSB0", "a serial port needs three slashes, as in rtu:///dev/ttyUSB0")]
    [InlineData("rtu:///", "the serial port's path is missing")]
    [InlineData("rtu:///dev/ttyUSB0?unit=248", "unit is \"248\" and must be a whole number from 1 to 247")]
    [InlineData("rtu:///dev/ttyUSB0?baud=fast", "baud is \"fast\" and must be a whole number from 300 to 4000000")]
    [InlineData("rtu:///dev/ttyUSB0?parity=mark", "parity is \"mark\" and must be none, even or odd")]
    [InlineData("rtu:///dev/ttyUSB0?stop=3", "stop is \"3\" and must be a whole number from 1 to 2")]
    public void A_bad_endpoint_is_refused_with_what_is_wrong_and_what_was_expected(string text, string expected)
    {
        Assert.False(ModbusEndpoint.TryParse(text, out ModbusEndpoint? endpoint, out string? error));
        Assert.Null(endpoint);
        Assert.StartsWith($"\"{text}\" is not an endpoint: ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.EndsWith("rtu+tcp://HOST:PORT?unit=1", error, StringComparison.Ordinal);
        Assert.Equal(error, Assert.Throws<FormatException>(() => ModbusEndpoint.Parse(text)).Message);
    }
}
