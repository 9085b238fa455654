using System.Globalization;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>Connections in words.</summary>
public static class LineText
{
    /// <summary>The connection without a unit; of a serial port with what is set of the line, for the same port is tried with several.</summary>
    public static string Of(ModbusEndpoint endpoint) => endpoint is ModbusRtuEndpoint rtu ? $"{rtu.Bus} at {Settings(rtu)}" : endpoint.Bus;

    /// <summary><c>9600 baud 8N1</c>.</summary>
    public static string Settings(ModbusRtuEndpoint line)
    {
        char parity = line.Parity switch { SerialParity.None => 'N', SerialParity.Even => 'E', _ => 'O' };
        return string.Create(CultureInfo.InvariantCulture, $"{line.BaudRate} baud 8{parity}{line.StopBits}");
    }

    /// <summary>Several connections, each port once: <c>rtu:///dev/ttyUSB0 at 9600 baud 8N1, 19200 baud 8N1</c>.</summary>
    public static string Of(IEnumerable<ModbusEndpoint> endpoints) => string.Join(", ", endpoints.GroupBy(endpoint => endpoint.Bus).Select(bus =>
        bus.OfType<ModbusRtuEndpoint>().Select(Settings).Distinct().ToArray() is { Length: > 0 } settings ? $"{bus.Key} at {string.Join(", ", settings)}" : bus.Key));

    /// <summary>What a failure says beside the place and the question, which whoever tells it has told already.</summary>
    public static string WithoutPlace(ModbusException failure)
    {
        string place = $"{failure.Request}: ";
        return failure.Message.StartsWith(place, StringComparison.Ordinal) ? failure.Message[place.Length..] : failure.Message;
    }
}
