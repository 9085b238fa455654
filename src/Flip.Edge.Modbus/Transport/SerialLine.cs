using System.IO.Ports;

namespace Flip.Edge.Modbus;

/// <summary>Opens a serial port as a duplex stream with cancellable reads.</summary>
public static class SerialLine
{
    /// <summary>Opens the port of an endpoint at its speed, parity and stop bits. Disposing the stream closes the port.</summary>
    /// <exception cref="FileNotFoundException">There is no such device file.</exception>
    /// <exception cref="UnauthorizedAccessException">The port is held by another process, or may not be opened by this user.</exception>
    /// <exception cref="IOException">The device is no serial port, or can't be set up so.</exception>
    /// <exception cref="ArgumentException">The path is no character device.</exception>
    public static Stream Open(ModbusRtuEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        Parity parity = endpoint.Parity switch { SerialParity.Even => Parity.Even, SerialParity.Odd => Parity.Odd, _ => Parity.None };

        // DTR and RTS are left alone: some adapters switch the RS-485 driver with them, some boards reset on them.
        SerialPort port = new(endpoint.Port, endpoint.BaudRate, parity, 8, endpoint.StopBits == 2 ? StopBits.Two : StopBits.One);
        try
        {
            port.Open();
            return port.BaseStream; // keeps the port alive by its events, and closes it when disposed
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }
}
