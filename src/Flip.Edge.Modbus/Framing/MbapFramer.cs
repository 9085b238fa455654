using System.Buffers.Binary;

namespace Flip.Edge.Modbus;

/// <summary>Modbus TCP: a header with a transaction id and a length before each PDU (Modbus Messaging on TCP/IP V1.0b, 3.1.3).</summary>
internal sealed class MbapFramer(ModbusCounters counters) : Framer(counters)
{
    private const int Header = 7;

    private ushort _transaction;

    public override Verdict Scan(in ModbusCall call, Inbox inbox)
    {
        while (inbox.Length >= Header)
        {
            ReadOnlySpan<byte> bytes = inbox.Bytes;
            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
            if (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) != 0 || length is < 3 or > Pdu.MaxLength + 1)
            {
                return Verdict.Broken("what came is no Modbus TCP header; the device may speak RTU over TCP, try rtu+tcp://");
            }

            int whole = Header - 1 + length;
            if (bytes.Length < whole) break;
            inbox.Take(whole); // the span stays valid until the next receive
            byte unit = bytes[6];
            ReadOnlySpan<byte> pdu = bytes[Header..whole];
            bool isOurs = BinaryPrimitives.ReadUInt16BigEndian(bytes) == _transaction
                && unit == call.Unit && (pdu[0] & ~Pdu.ExceptionBit) == call.Function;
            if (isOurs) return Verdict.On(call, pdu);
            Note(new(call, unit, pdu[0]));
        }

        return Verdict.Wait;
    }

    protected override int Frame(in ModbusCall call, Span<byte> frame)
    {
        int pdu = call.Encode(frame[Header..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame, ++_transaction);
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(frame[4..], (ushort)(pdu + 1));
        frame[6] = call.Unit;
        return Header + pdu;
    }
}
