using System.IO.Ports;

namespace Flip.Edge.Modbus;

/// <summary>Opens a serial port as a duplex stream with cancellable reads, for a server.</summary>
public static class SerialLine
{
    /// <summary>Opens the port of an endpoint at its speed, parity and stop bits. Disposing the stream closes the port.</summary>
    /// <exception cref="UnauthorizedAccessException">The port could not be opened; the inner exception tells why.</exception>
    /// <exception cref="IOException">The port can't be set up so.</exception>
    public static Stream Open(ModbusRtuEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return OpenPort(endpoint).BaseStream; // keeps the port alive by its events
    }

    /// <summary>
    /// Opens the port. To close it, dispose its <see cref="SerialPort.BaseStream"/>: disposing the port waits for what it has still
    /// to write, which is for ever once the device was pulled out.
    /// </summary>
    internal static SerialPort OpenPort(ModbusRtuEndpoint endpoint)
    {
        Parity parity = endpoint.Parity switch { SerialParity.Even => Parity.Even, SerialParity.Odd => Parity.Odd, _ => Parity.None };

        // DTR and RTS are left as they are by default: some adapters switch the RS-485 driver with them, some boards reset on them.
        SerialPort port = new(endpoint.Port, endpoint.BaudRate, parity, 8, endpoint.StopBits == 2 ? StopBits.Two : StopBits.One);
        try
        {
            using LowLatency.Held held = LowLatency.Ask(endpoint.Port);
            port.Open();
            return port;
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }
}
