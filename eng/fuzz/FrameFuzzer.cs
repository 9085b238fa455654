using Flip.Edge.Modbus;

namespace Flip.Edge.Fuzz;

/// <summary>
/// Bytes in chunks of any size: noise, answers, answers with a flipped bit, cut and doubled ones, exceptions, foreign frames and echoes.
/// A framer never throws and never keeps more than it got, and finds the answer where nothing before it can be one.
/// </summary>
internal sealed class FrameFuzzer : IFuzzer
{
    private readonly Inbox _inbox = new();
    private readonly byte[] _stream = new byte[4096];
    private readonly byte[] _request = new byte[Framer.MaxFrame];
    private readonly byte[] _reply = new byte[Framer.MaxFrame];
    private readonly ushort[] _registers = new ushort[125];
    private readonly ushort[] _values = [.. Enumerable.Range(0, 123).Select(i => (ushort)(i * 517))];
    private readonly RegisterMap _bank = new RegisterMap().SetHolding(1, 0, 1, 2, 3, 4, 5);
    private int _length;
    private int _echoes;

    public FuzzOutcome Run(Chance chance)
    {
        int kind = chance.Below(10);
        if (kind == 0) return Requests(ref chance);
        bool isTcp = kind < 5;
        Framer framer = isTcp ? new MbapFramer(new()) : new RtuFramer(new(), lineEchoes: chance.Once(2));
        ModbusCall call = Call(ref chance);
        int asked = framer.Encode(call, _request);
        _length = _echoes = 0;
        _inbox.Clear();
        int before = chance.Below(5);
        bool mayMislead = false;
        for (int i = 0; i < before; i++) mayMislead |= Append(ref chance, call, asked, isTcp);
        ushort first = chance.Word();
        bool hasAnswer = chance.Below(4) != 0;
        if (hasAnswer) Answer(call, asked, isTcp, first);
        if (chance.Once(3))
        {
            // On a serial line what stands before an echo of the request is older than the request, be it an answer.
            mayMislead |= !isTcp;
            Append(ref chance, call, asked, isTcp);
        }

        Verdict verdict = Feed(ref chance, framer, call, out int scans);
        if (verdict.Kind == VerdictKind.Wait)
        {
            int rubbish = framer.TimedOut(call, _inbox);
            if (rubbish < 0 || rubbish > _length) throw new FindingException($"{rubbish} bytes of {_length} are called rubbish");
            if (framer.IsUnderWay(call, _inbox) && _inbox.Length == 0) throw new FindingException("an answer is said to be under way, and nothing is there");
        }

        if (hasAnswer && !mayMislead && call.IsRead && (verdict.Kind != VerdictKind.Answered || _registers[0] != first))
        {
            throw new FindingException($"the answer was there and was not found: {verdict.Kind} {verdict.Why}; {framer.GetType().Name}, function {call.Function}, {call.Count} registers, request {Convert.ToHexString(_request.AsSpan(0, asked))}, stream {Convert.ToHexString(_stream.AsSpan(0, Math.Min(_length, 600)))}");
        }

        return new(verdict.Kind.ToString(), scans);
    }

    private Verdict Feed(ref Chance chance, Framer framer, in ModbusCall call, out int scans)
    {
        scans = 0;
        for (int at = 0; at < _length;)
        {
            int chunk = Math.Min(_length - at, 1 + chance.Below(chance.Once(2) ? 4 : 300));
            Span<byte> free = _inbox.Free.Span;
            chunk = Math.Min(chunk, free.Length);
            _stream.AsSpan(at, chunk).CopyTo(free);
            _inbox.Received(chunk);
            at += chunk;
            int had = _inbox.Length;
            Verdict verdict = framer.Scan(call, _inbox);
            scans++;
            if (_inbox.Length > had) throw new FindingException($"a scan of {had} bytes left {_inbox.Length}");
            if (verdict.Kind != VerdictKind.Wait) return verdict;
        }

        return Verdict.Wait;
    }

    private FuzzOutcome Requests(ref Chance chance)
    {
        // The scanner takes what a port gave at once, at most 512 bytes.
        RtuRequestScanner scanner = new();
        int found = 0;
        for (int i = 0; i < 4; i++)
        {
            _length = 0;
            ModbusCall call = Call(ref chance);
            int asked = new RtuFramer(new()).Encode(call, _request);
            for (int part = chance.Below(3); part >= 0 && _length < 200; part--) Append(ref chance, call, asked, isTcp: false);
            scanner.Append(_stream.AsSpan(0, Math.Min(_length, 512)));
            while (scanner.TryTake(_reply, out int length))
            {
                found++;
                if (length is < 4 or > 256) throw new FindingException($"a request of {length} bytes");
            }

            if (chance.Once(3)) scanner.TryTakeAll(_reply, out _);
        }

        Span<byte> pdu = stackalloc byte[1 + chance.Below(252)];
        chance.Fill(pdu);
        if (chance.Below(4) != 0) pdu[0] = chance.Of<byte>([3, 4, 6, 16]);
        if (chance.Once(2) && pdu.Length > 4) (pdu[1], pdu[2], pdu[3]) = (0, (byte)chance.Below(8), 0);
        int answer = Responder.Answer(_bank, chance.Once(2) ? (byte)1 : (byte)9, pdu, _reply);
        if (answer is not (0 or (>= 2 and <= 253))) throw new FindingException($"a reply of {answer} bytes");
        return new(found > 0 ? "request" : "no request", found);
    }

    private ModbusCall Call(ref Chance chance)
    {
        byte unit = (byte)chance.Below(4);
        ushort address = chance.Word();
        return chance.Below(6) switch
        {
            0 => ModbusCall.Write(unit, address, chance.Word()),
            1 => ModbusCall.Write(unit, address, _values.AsMemory(0, 1 + chance.Below(123))),
            2 => ModbusCall.Read(unit, 4, address, _registers.AsMemory(0, 1 + chance.Below(125))),
            _ => ModbusCall.Read(unit, 3, address, _registers.AsMemory(0, 1 + chance.Below(125))),
        };
    }

    /// <summary>Appends something. Returns whether what comes behind it need not be found.</summary>
    private bool Append(ref Chance chance, in ModbusCall call, int asked, bool isTcp)
    {
        int from = _length;
        switch (chance.Below(isTcp ? 6 : 7))
        {
            case 0:
                int noise = 1 + chance.Below(chance.Once(4) ? 400 : 12);
                chance.Fill(_stream.AsSpan(from, noise));
                _length += noise;
                // An RTU answer is found behind any noise, unless noise and its CRC agree by chance; the MBAP header has no such proof.
                return true;
            case 1:
                Answer(call, asked, isTcp, chance.Word());
                _stream[from + chance.Below(_length - from)] ^= (byte)(1 << chance.Below(8));
                return true;
            case 2:
                Answer(call, asked, isTcp, chance.Word());
                _length = from + chance.Below(_length - from);
                return true;
            case 3:
                Answer(call, asked, isTcp, chance.Word());
                return true;
            case 4:
                Frame(isTcp, call.Unit, [(byte)(call.Function | 0x80), (byte)chance.Below(256)]);
                return true;
            case 5:
                // Another unit's frame: dropped, and what stands behind it is found.
                Frame(isTcp, (byte)(call.Unit + 100), [3, 2, (byte)chance.Below(256), 7]);
                return false;
            default:
                // The line echoes. A second echo, or that of a write, may be taken for the answer.
                _request.AsSpan(0, asked).CopyTo(_stream.AsSpan(from));
                _length += asked;
                return !call.IsRead || _echoes++ > 0;
        }
    }

    private void Answer(in ModbusCall call, int asked, bool isTcp, ushort first)
    {
        Span<byte> pdu = stackalloc byte[call.AnswerLength];
        pdu.Clear();
        pdu[0] = call.Function;
        if (call.IsRead)
        {
            pdu[1] = (byte)(2 * call.Count);
            (pdu[2], pdu[3]) = ((byte)(first >> 8), (byte)first);
        }
        else
        {
            _request.AsSpan(isTcp ? 8 : 2, Math.Min(4, asked - 4)).CopyTo(pdu[1..]);
        }

        Frame(isTcp, call.Unit, pdu);
    }

    private void Frame(bool isTcp, byte unit, ReadOnlySpan<byte> pdu)
    {
        Span<byte> frame = _stream.AsSpan(_length);
        int header = isTcp ? 7 : 1;
        pdu.CopyTo(frame[header..]);
        frame[header - 1] = unit;
        if (isTcp)
        {
            _request.AsSpan(0, 4).CopyTo(frame);
            (frame[4], frame[5]) = (0, (byte)(pdu.Length + 1));
            _length += header + pdu.Length;
            return;
        }

        Crc16.Seal(frame[..(header + pdu.Length + Crc16.Length)]);
        _length += header + pdu.Length + Crc16.Length;
    }
}
