using FsCheck.Xunit;

namespace Flip.Edge.Modbus.Tests.Framing;

/// <summary>Whatever comes over a wire, a framer neither throws nor loops, and finds the answer behind it where the wire allows.</summary>
public sealed class FramerTests
{
    private readonly ushort[] _registers = new ushort[2];

    [Property(MaxTest = 500)]
    public void Arbitrary_bytes_never_break_the_MBAP_framer(byte[][] chunks) => Feed(new MbapFramer(new()), chunks);

    [Property(MaxTest = 500)]
    public void Arbitrary_bytes_never_break_the_RTU_framer(byte[][] chunks) => Feed(new RtuFramer(new()), chunks);

    [Property(MaxTest = 500)]
    public bool The_RTU_answer_is_found_behind_arbitrary_bytes(byte[] rubbish)
    {
        Inbox inbox = new();
        Put(inbox, rubbish);
        Put(inbox, Hex.Rtu("01 03 04 1234 5678"));
        Verdict verdict = new RtuFramer(new()).Scan(Call(), inbox);
        return verdict.Kind == VerdictKind.Answered && _registers is [0x1234, 0x5678] && inbox.Length == 0;
    }

    [Property(MaxTest = 200)]
    public bool The_RTU_request_is_found_behind_arbitrary_bytes(byte[] rubbish)
    {
        RtuRequestScanner scanner = new();
        byte[] request = Hex.Rtu("01 03 0064 0001");
        byte[] frame = new byte[256];
        scanner.Append(rubbish);
        scanner.Append(request);
        return scanner.TryTake(frame, out int length) && request.AsSpan().SequenceEqual(frame.AsSpan(0, length)) && !scanner.IsWaiting;
    }

    [Property(MaxTest = 200)]
    public void Arbitrary_requests_never_break_the_server(byte[] pdu, byte function)
    {
        byte[] reply = new byte[256];
        RegisterMap map = new RegisterMap().SetHolding(1, 0, 1, 2, 3);
        foreach (byte f in new byte[] { function, 3, 4, 6, 16 })
        {
            int length = Responder.Answer(map, 1, [f, .. pdu], reply);
            Assert.InRange(length, 2, 253);
        }
    }

    private static void Put(Inbox inbox, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            Span<byte> free = inbox.Free.Span;
            int count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            inbox.Received(count);
            bytes = bytes[count..];
        }
    }

    private void Feed(Framer framer, byte[][] chunks)
    {
        Inbox inbox = new();
        framer.Encode(Call(), new byte[Framer.MaxFrame]);
        foreach (byte[] chunk in chunks ?? [])
        {
            Put(inbox, chunk);
            int before = inbox.Length;
            framer.Scan(Call(), inbox);
            Assert.InRange(inbox.Length, 0, before);
        }
    }

    private ModbusCall Call() => ModbusCall.Read(1, 3, 0, _registers);
}
