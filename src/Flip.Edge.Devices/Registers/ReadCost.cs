using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Registers;

/// <summary>What reading costs on a transport, in milliseconds. It decides whether a gap is read through or asked around.</summary>
/// <param name="TransactionMs">A request and its reply without a register: frames, silences, and the device's own latency.</param>
/// <param name="RegisterMs">Each register of a reply.</param>
public readonly record struct ReadCost(double TransactionMs, double RegisterMs)
{
    // Request of 8 characters, 5 of the reply besides its registers, and two silences of 3.5.
    private const double FrameCharacters = 8 + 5;
    private const double SilentCharacters = 7;

    // Ethernet, IP and TCP around a request, its reply and their acknowledgements at 10 Mbit/s, the slowest that inverters have.
    private const double TcpFramesMs = 0.2;

    // A register is 2 octets at that speed; what a device needs to fetch it, some tens of microseconds, outweighs them.
    private const double TcpRegisterMs = 0.01;

    /// <summary>What a transaction costs besides its registers, in registers: reading through a gap of so many is no dearer than asking again.</summary>
    public int TransactionInRegisters => (int)(TransactionMs / RegisterMs);

    /// <summary>The cost at an endpoint.</summary>
    /// <param name="endpoint">Serial lines cost by their speed. RTU over TCP is taken for TCP, because nobody knows the line behind it.</param>
    /// <param name="latency">The device's own, as measured; null before anything was: then none is counted.</param>
    public static ReadCost Of(ModbusEndpoint endpoint, TimeSpan? latency)
    {
        double own = latency?.TotalMilliseconds ?? 0;
        if (endpoint is not ModbusRtuEndpoint line) return new(TcpFramesMs + own, TcpRegisterMs);
        int bits = 9 + (line.Parity == SerialParity.None ? 0 : 1) + line.StopBits;
        double character = bits * 1000.0 / line.BaudRate;

        // Above 19200 baud the silences are fixed (Modbus over Serial Line V1.02, 2.5.1.1).
        double silences = line.BaudRate > 19200 ? 2 * 1.75 : SilentCharacters * character;
        return new((FrameCharacters * character) + silences + own, 2 * character);
    }

    /// <summary>What a read costs.</summary>
    /// <param name="registers">Registers in its reply; 0 for an exception.</param>
    public double Of(int registers) => TransactionMs + (registers * RegisterMs);
}
