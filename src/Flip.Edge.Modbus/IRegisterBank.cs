namespace Flip.Edge.Modbus;

/// <summary>The registers behind a server such as <see cref="ModbusTcpServer"/>, for simulators and tests.</summary>
public interface IRegisterBank
{
    /// <summary>Reads registers, or says which exception to answer with.</summary>
    /// <param name="unit">Unit id asked for.</param>
    /// <param name="function">3 (holding) or 4 (input).</param>
    /// <param name="address">First register, 0-based.</param>
    /// <param name="destination">To be filled.</param>
    /// <returns>Null when filled; a code to answer with an exception; <see cref="NoReply"/> to stay silent.</returns>
    public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination);

    /// <summary>Writes holding registers, or says which exception to answer with.</summary>
    public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values);

    /// <summary>Return this to answer nothing at all, as a unit that isn't there does on a serial line.</summary>
    public static ModbusExceptionCode NoReply => 0;
}
