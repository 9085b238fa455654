namespace Flip.Edge.Modbus;

/// <summary>Numbers of the Modbus Application Protocol V1.1b3 that client and server share.</summary>
internal static class Pdu
{
    public const byte ReadHolding = 3;
    public const byte ReadInput = 4;
    public const byte WriteSingle = 6;
    public const byte WriteMultiple = 16;

    /// <summary>Set in the function code of an exception reply.</summary>
    public const byte ExceptionBit = 0x80;

    public const int MaxLength = 253;
    public const int MaxRead = ModbusClientOptions.ProtocolRegistersPerRead;
    public const int MaxWrite = 123;
}
