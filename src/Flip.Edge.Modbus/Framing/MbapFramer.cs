using System.Buffers.Binary;

namespace Flip.Edge.Modbus;

/// <summary>Modbus TCP: a header with a transaction id and a length before each PDU (Modbus Messaging on TCP/IP V1.0b, 3.1.3).</summary>
internal sealed class MbapFramer(ModbusCounters counters, Transactions? transactions = null) : Framer(counters)
{
    private const int Header = 7;

    private readonly Transactions _transactions = transactions ?? new(counters, new ResponseTiming(new()), TimeProvider.System);

    /// <summary>Whether the answer came under an id that was never sent, as far as anybody can tell.</summary>
    private bool _cameUnderStrangeId;

    public override string? Instead => _cameUnderStrangeId
        ? "a reply came that carries none of our transaction ids; from now on they are not compared"
        : base.Instead;

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
            ushort id = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            ReadOnlySpan<byte> pdu = bytes[Header..whole];
            bool isOfItsKind = unit == call.Unit && (pdu[0] & ~Pdu.ExceptionBit) == call.Function;
            bool mayAnswer = isOfItsKind && pdu.Length == ((pdu[0] & Pdu.ExceptionBit) != 0 ? 2 : call.AnswerLength);
            if (isOfItsKind && (Counters.IgnoresTransactionId ? mayAnswer : id == _transactions.Current))
            {
                _transactions.Answered();
                return Verdict.On(call, pdu);
            }

            _cameUnderStrangeId |= mayAnswer && !_transactions.WasSent(id);
            _transactions.Passed(id);
            Note(new(call, unit, pdu[0]));
        }

        return Verdict.Wait;
    }

    public override bool IsUnderWay(in ModbusCall call, Inbox inbox) => inbox.Length > 0;

    public override int TimedOut(in ModbusCall call, Inbox inbox)
    {
        // Not before: what comes under a strange id may be meant for somebody else, and the answer may come behind it.
        if (_cameUnderStrangeId) Counters.IgnoresTransactionId = true;
        return inbox.Length;
    }

    protected override int Frame(in ModbusCall call, Span<byte> frame)
    {
        _cameUnderStrangeId = false;
        int pdu = call.Encode(frame[Header..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame, _transactions.Next());
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(frame[4..], (ushort)(pdu + 1));
        frame[6] = call.Unit;
        return Header + pdu;
    }
}
