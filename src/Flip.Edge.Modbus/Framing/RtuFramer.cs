namespace Flip.Edge.Modbus;

/// <summary>
/// Modbus RTU: unit, PDU and CRC, with nothing to tell where a frame starts or which request it answers. The answer is looked
/// for at every position by unit, function, announced length and CRC; silence is no end of frame, because USB adapters and
/// device servers pause in the middle of one (see <see href="https://github.com/wlcrs/tmodbus/pull/1"/>).
/// </summary>
internal sealed class RtuFramer(ModbusCounters counters, bool lineEchoes = false) : Framer(counters)
{
    private readonly byte[] _request = new byte[MaxFrame];
    private readonly bool[] _wasAsked = new bool[byte.MaxValue + 1];
    private int _requestLength;
    private bool _hadEcho;
    private bool _lastReadHadEcho;

    public override string? Instead => base.Instead ?? (_hadEcho ? "only the echo of the request came back" : null);

    private ReadOnlySpan<byte> Request => _request.AsSpan(0, _requestLength);

    public override Verdict Scan(in ModbusCall call, Inbox inbox)
    {
        TakeEcho(call, inbox);
        ReadOnlySpan<byte> bytes = inbox.Bytes;
        if (!TryFind(bytes, call.Unit, call.Function, out int start, out int length)) return Verdict.Wait;
        if (NoteForeign(call, bytes[..start]) > 0) Counters.BrokenFrames++;
        inbox.Take(start + length); // the span stays valid until the next receive
        if (call.IsRead) _lastReadHadEcho = _hadEcho;
        return Verdict.On(call, bytes.Slice(start + 1, length - 1 - Crc16.Length));
    }

    public override bool IsUnderWay(in ModbusCall call, Inbox inbox)
    {
        ReadOnlySpan<byte> bytes = inbox.Bytes;
        for (int start = 0; start < bytes.Length; start++)
        {
            ReadOnlySpan<byte> rest = bytes[start..];
            if (rest[0] != call.Unit) continue;
            if (rest.Length == 1) return true;
            if ((rest[1] & ~Pdu.ExceptionBit) == call.Function && (rest.Length == 2 || RtuFrame.ReplyLength(rest) > rest.Length)) return true;
        }

        return false;
    }

    public override int TimedOut(in ModbusCall call, Inbox inbox) => NoteForeign(call, inbox.Bytes);

    /// <summary>Whether a reply of that unit and function, regular or exception, stands anywhere in the bytes.</summary>
    public static bool TryFind(ReadOnlySpan<byte> bytes, byte unit, byte function, out int start, out int length)
    {
        for (start = 0; start + 5 <= bytes.Length; start++)
        {
            if (bytes[start] != unit || (bytes[start + 1] & ~Pdu.ExceptionBit) != function) continue;
            length = RtuFrame.ReplyLength(bytes[start..]);
            if (RtuFrame.IsWhole(bytes[start..], length)) return true;
        }

        length = 0;
        return false;
    }

    /// <summary>Counts the whole frames of others, to tell a second master or a wrong unit from noise. Returns the bytes that are in none.</summary>
    public int NoteForeign(in ModbusCall call, ReadOnlySpan<byte> bytes)
    {
        int rubbish = 0;
        for (int start = 0; start < bytes.Length;)
        {
            ReadOnlySpan<byte> rest = bytes[start..];
            int length = RtuFrame.LengthAt(rest, out bool isRequest);
            if (length > 0 && !IsOurs(rest)) Note(new(call, rest[0], rest[1], isRequest));
            if (length == 0) rubbish++;
            start += Math.Max(length, 1);
        }

        return rubbish;
    }

    /// <summary>Counts what came while nothing was asked. Replies of units that were asked are late or doubled, and prove nothing.</summary>
    public void NoteUnasked(ReadOnlySpan<byte> bytes)
    {
        for (int start = 0; start < bytes.Length;)
        {
            ReadOnlySpan<byte> rest = bytes[start..];
            int length = RtuFrame.LengthAt(rest, out bool isRequest);
            if (length > 0 && isRequest && !IsOurs(rest)) Counters.ForeignRequests++;
            if (length > 0 && !isRequest && !_wasAsked[rest[0]]) Counters.UnaskedReplies++;
            start += Math.Max(length, 1);
        }
    }

    protected override int Frame(in ModbusCall call, Span<byte> frame)
    {
        frame[0] = call.Unit;
        int length = 1 + call.Encode(frame[1..]) + Crc16.Length;
        Crc16.Seal(frame[..length]);
        frame[..length].CopyTo(_request);
        _requestLength = length;
        _hadEcho = false;
        _wasAsked[call.Unit] = true;
        return length;
    }

    private bool IsOurs(ReadOnlySpan<byte> bytes) => _requestLength > 0 && bytes.StartsWith(Request);

    /// <summary>
    /// Drops our own request. It can't be the answer to a read, which would hold an odd number of bytes, nor to function 16, which is shorter;
    /// but it is the answer to function 6, unless the line is known to echo.
    /// </summary>
    private void TakeEcho(in ModbusCall call, Inbox inbox)
    {
        if (_hadEcho || _requestLength == 0 || (call.Function == Pdu.WriteSingle && !lineEchoes && !_lastReadHadEcho)) return;
        int start = inbox.Bytes.IndexOf(Request);
        if (start < 0) return;
        if (NoteForeign(call, inbox.Bytes[..start]) > 0) Counters.BrokenFrames++;
        inbox.Take(start + _requestLength);
        _hadEcho = true;
        Counters.Echoes++;
    }
}
