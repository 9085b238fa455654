using System.Buffers.Binary;

namespace Flip.Edge.Modbus;

/// <summary>Answers one request PDU from a bank. Framing is the caller's.</summary>
internal static class Responder
{
    /// <summary>Writes the reply PDU and returns its length; 0 for silence.</summary>
    public static int Answer(IRegisterBank bank, byte unit, ReadOnlySpan<byte> request, Span<byte> reply)
    {
        byte function = request[0];
        ModbusExceptionCode? failure = function switch
        {
            Pdu.ReadHolding or Pdu.ReadInput => Read(bank, unit, request, reply),
            Pdu.WriteSingle => WriteSingle(bank, unit, request, reply),
            Pdu.WriteMultiple => WriteMultiple(bank, unit, request, reply),
            _ => ModbusExceptionCode.IllegalFunction,
        };
        if (failure == IRegisterBank.NoReply) return 0;
        if (failure is not null)
        {
            reply[0] = (byte)(function | Pdu.ExceptionBit);
            reply[1] = (byte)failure;
            return 2;
        }

        reply[0] = function;
        return function is Pdu.ReadHolding or Pdu.ReadInput ? 2 + reply[1] : 5;
    }

    private static ModbusExceptionCode? Read(IRegisterBank bank, byte unit, ReadOnlySpan<byte> request, Span<byte> reply)
    {
        if (request.Length != 5) return ModbusExceptionCode.IllegalDataValue;
        int count = BinaryPrimitives.ReadUInt16BigEndian(request[3..]);
        if (count is 0 or > Pdu.MaxRead) return ModbusExceptionCode.IllegalDataValue;
        ushort address = BinaryPrimitives.ReadUInt16BigEndian(request[1..]);
        if (address + count > 0x10000) return ModbusExceptionCode.IllegalDataAddress;

        Span<ushort> values = stackalloc ushort[count];
        values.Clear();
        ModbusExceptionCode? failure = bank.Read(unit, request[0], address, values);
        if (failure is not null) return failure;
        reply[1] = (byte)(2 * count);
        for (int i = 0; i < count; i++) BinaryPrimitives.WriteUInt16BigEndian(reply[(2 + (2 * i))..], values[i]);
        return null;
    }

    private static ModbusExceptionCode? WriteSingle(IRegisterBank bank, byte unit, ReadOnlySpan<byte> request, Span<byte> reply)
    {
        if (request.Length != 5) return ModbusExceptionCode.IllegalDataValue;
        request[..5].CopyTo(reply);
        return bank.Write(unit, BinaryPrimitives.ReadUInt16BigEndian(request[1..]), [BinaryPrimitives.ReadUInt16BigEndian(request[3..])]);
    }

    private static ModbusExceptionCode? WriteMultiple(IRegisterBank bank, byte unit, ReadOnlySpan<byte> request, Span<byte> reply)
    {
        if (request.Length < 6) return ModbusExceptionCode.IllegalDataValue;
        int count = BinaryPrimitives.ReadUInt16BigEndian(request[3..]);
        if (count is 0 or > Pdu.MaxWrite || request[5] != 2 * count || request.Length != 6 + (2 * count)) return ModbusExceptionCode.IllegalDataValue;
        ushort address = BinaryPrimitives.ReadUInt16BigEndian(request[1..]);
        if (address + count > 0x10000) return ModbusExceptionCode.IllegalDataAddress;

        Span<ushort> values = stackalloc ushort[count];
        for (int i = 0; i < count; i++) values[i] = BinaryPrimitives.ReadUInt16BigEndian(request[(6 + (2 * i))..]);
        request[..5].CopyTo(reply);
        return bank.Write(unit, address, values);
    }
}
