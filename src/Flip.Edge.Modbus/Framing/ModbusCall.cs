using System.Buffers.Binary;

namespace Flip.Edge.Modbus;

/// <summary>One request: what is asked of whom, and where the answer goes.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Function">3, 4, 6 or 16.</param>
/// <param name="Address">First register.</param>
/// <param name="Count">Number of registers.</param>
/// <param name="Destination">Where registers read are put.</param>
/// <param name="Values">Registers to write with function 16.</param>
/// <param name="Value">Register to write with function 6.</param>
internal readonly record struct ModbusCall(
    byte Unit, byte Function, ushort Address, ushort Count, Memory<ushort> Destination, ReadOnlyMemory<ushort> Values, ushort Value)
{
    public bool IsRead => Function is Pdu.ReadHolding or Pdu.ReadInput;

    /// <summary>Length of the PDU of the regular answer.</summary>
    public int AnswerLength => IsRead ? 2 + (2 * Count) : 5;

    public static ModbusCall Read(byte unit, byte function, ushort address, Memory<ushort> destination) =>
        new(unit, function, address, (ushort)destination.Length, destination, default, 0);

    public static ModbusCall Write(byte unit, ushort address, ushort value) =>
        new(unit, Pdu.WriteSingle, address, 1, default, default, value);

    public static ModbusCall Write(byte unit, ushort address, ReadOnlyMemory<ushort> values) =>
        new(unit, Pdu.WriteMultiple, address, (ushort)values.Length, default, values, 0);

    public ModbusRequestInfo Describe(string bus) => new(bus, Unit, Function, Address, Count);

    /// <summary>Writes the request's PDU and returns its length.</summary>
    public int Encode(Span<byte> pdu)
    {
        pdu[0] = Function;
        BinaryPrimitives.WriteUInt16BigEndian(pdu[1..], Address);
        BinaryPrimitives.WriteUInt16BigEndian(pdu[3..], Function == Pdu.WriteSingle ? Value : Count);
        if (Function != Pdu.WriteMultiple) return 5;
        pdu[5] = (byte)(2 * Count);
        ReadOnlySpan<ushort> values = Values.Span;
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(pdu[(6 + (2 * i))..], values[i]);
        return 6 + (2 * Count);
    }

    /// <summary>Takes the answer's PDU, which is of this function; returns what is wrong with it, or null.</summary>
    public string? Take(ReadOnlySpan<byte> pdu)
    {
        if (pdu.Length != AnswerLength) return $"the reply has {pdu.Length} bytes instead of {AnswerLength}";
        if (!IsRead) return CheckEcho(pdu);
        if (pdu[1] != 2 * Count) return $"the reply announces {pdu[1]} bytes of registers instead of {2 * Count}";
        Span<ushort> destination = Destination.Span;
        for (int i = 0; i < destination.Length; i++) destination[i] = BinaryPrimitives.ReadUInt16BigEndian(pdu[(2 + (2 * i))..]);
        return null;
    }

    private string? CheckEcho(ReadOnlySpan<byte> pdu)
    {
        int address = BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]);
        int second = BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]);
        if (address != Address) return $"the device confirmed a write to {address} instead";
        if (Function == Pdu.WriteSingle) return second == Value ? null : $"the device confirmed the value {second} instead of {Value}";
        return second == Count ? null : $"the device confirmed {second} registers instead of {Count}";
    }
}
