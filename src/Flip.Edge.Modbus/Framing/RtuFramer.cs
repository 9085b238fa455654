namespace Flip.Edge.Modbus;

/// <summary>
/// Modbus RTU: unit, PDU and CRC, with nothing to tell where a frame starts or which request it answers. The answer is looked
/// for at every position by unit, function, announced length and CRC; silence is no end of frame, because USB adapters and
/// device servers pause in the middle of one (see <see href="https://github.com/wlcrs/tmodbus/pull/1"/>).
/// </summary>
internal sealed class RtuFramer(ModbusCounters counters) : Framer(counters)
{
    public override Verdict Scan(in ModbusCall call, Inbox inbox)
    {
        ReadOnlySpan<byte> bytes = inbox.Bytes;
        if (!TryFind(bytes, call.Unit, call.Function, out int start, out int length)) return Verdict.Wait;
        if (NoteForeign(call, bytes[..start]) > 0) Counters.BrokenFrames++;
        inbox.Take(start + length); // the span stays valid until the next receive
        return Verdict.On(call, bytes.Slice(start + 1, length - 1 - Crc16.Length));
    }

    /// <summary>Whether a reply of that unit and function, regular or exception, stands anywhere in the bytes.</summary>
    public static bool TryFind(ReadOnlySpan<byte> bytes, byte unit, byte function, out int start, out int length)
    {
        for (start = 0; start + 5 <= bytes.Length; start++)
        {
            length = 0;
            if (bytes[start] != unit || (bytes[start + 1] & ~Pdu.ExceptionBit) != function) continue;
            length = ReplyLength(bytes[start..]);
            if (length > 0 && start + length <= bytes.Length && Crc16.IsValid(bytes.Slice(start, length))) return true;
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
            int length = bytes.Length - start < 5 ? 0 : ReplyLength(bytes[start..]);
            if (length > 0 && start + length <= bytes.Length && Crc16.IsValid(bytes.Slice(start, length)))
            {
                Note(new(call, bytes[start], bytes[start + 1]));
                start += length;
            }
            else
            {
                rubbish++;
                start++;
            }
        }

        return rubbish;
    }

    protected override int Frame(in ModbusCall call, Span<byte> frame)
    {
        frame[0] = call.Unit;
        int length = 1 + call.Encode(frame[1..]) + Crc16.Length;
        Crc16.Seal(frame[..length]);
        return length;
    }

    /// <summary>Length of the frame that starts here, if one does; 0 if not.</summary>
    private static int ReplyLength(ReadOnlySpan<byte> bytes) => bytes[1] switch
    {
        Pdu.ReadHolding or Pdu.ReadInput => 5 + bytes[2],
        Pdu.WriteSingle or Pdu.WriteMultiple => 8,
        >= Pdu.ExceptionBit => 5,
        _ => 0,
    };
}
