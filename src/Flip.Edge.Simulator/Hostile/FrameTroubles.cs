namespace Flip.Edge.Simulator.Hostile;

/// <summary>Every reply is sent twice.</summary>
internal sealed class DuplicatedReplies : WireTrouble
{
    public override async ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct)
    {
        await send(frame).ConfigureAwait(false);
        await send(frame).ConfigureAwait(false);
    }
}

/// <summary>Before each reply stands one of another unit, with other values.</summary>
internal sealed class ForeignFrames : WireTrouble
{
    public override ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct)
    {
        var pdu = HostileFrames.Pdu(frame, line.IsRtu);
        for (var i = 2; i < pdu.Length; i++) pdu[i] ^= 0xFF;
        var foreign = HostileFrames.WithPdu(frame, line.IsRtu, pdu);
        if (line.IsRtu) foreign = HostileFrames.Rtu([(byte)(foreign[0] + 1), .. pdu]);
        else foreign[6]++;
        return send([.. foreign, .. frame]);
    }
}

/// <summary>What the client sends comes back to it at once.</summary>
internal sealed class Echo : WireTrouble
{
    public override async ValueTask<bool> HearsAsync(HostileStream line, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await line.SendRawAsync(bytes, ct).ConfigureAwait(false);
        return true;
    }
}

/// <summary>Some bytes of noise stand before every reply; one of them looks like the beginning of a frame.</summary>
internal sealed class NoiseBeforeFrames : WireTrouble
{
    public override ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct) =>
        send([0x00, 0xFF, 0x7E, frame[0], frame[1], 0x00, 0xFE, .. frame]);
}

/// <summary>A burst of noise when the line opens, as a booting device sends it.</summary>
internal sealed class BootGarbage : WireTrouble
{
    private bool _isOver;

    public override ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct)
    {
        if (_isOver) return send(frame);
        _isOver = true;
        var garbage = new byte[600];
        new Random(13).NextBytes(garbage); // a line that is read only later keeps what was sent before
        return send([.. garbage, .. frame]);
    }
}

/// <summary>Of every few replies one is damaged in the middle: its CRC no longer fits.</summary>
internal sealed class NoiseInsideFrames(int oneIn) : WireTrouble
{
    public override ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct)
    {
        if (line.Replies % oneIn == 0) frame[frame.Length / 2] ^= 0x10;
        return send(frame);
    }
}

/// <summary>Of every few replies one is cut off in the middle.</summary>
internal sealed class TruncatedFrames(int oneIn) : WireTrouble
{
    public override ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct) =>
        send(line.Replies % oneIn == 0 ? frame[..(frame.Length / 2)] : frame);
}

/// <summary>Of every few replies one holds what an earlier one of the same length held, in a right frame.</summary>
internal sealed class ReplayedReplies(int oneIn) : WireTrouble
{
    private readonly Dictionary<int, byte[]> _earlier = [];

    public override ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct)
    {
        var pdu = HostileFrames.Pdu(frame, line.IsRtu);
        var isReplay = line.Replies % oneIn == 0 && _earlier.TryGetValue(pdu.Length, out _);
        var sent = isReplay ? HostileFrames.WithPdu(frame, line.IsRtu, _earlier[pdu.Length]) : frame;
        _earlier[pdu.Length] = pdu;
        return send(sent);
    }
}

/// <summary>No reply carries its request's transaction id.</summary>
internal sealed class TransactionIdZero : WireTrouble
{
    public override ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct)
    {
        if (!line.IsRtu) frame[0] = frame[1] = 0;
        return send(frame);
    }
}

/// <summary>Another master asks unit 9 between our requests and before our replies, and is answered.</summary>
internal sealed class SecondMaster : WireTrouble
{
    private static readonly byte[] Dialogue =
        [.. HostileFrames.Rtu(9, 4, 0, 12, 0, 2), .. HostileFrames.Rtu(9, 4, 4, 0x43, 0x66, 0x80, 0)];

    public override ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct) =>
        send([.. Dialogue, .. frame, .. Dialogue]);
}

/// <summary>Answers with an exception, always or to the first few requests.</summary>
internal sealed class Excepting(byte code, int times) : WireTrouble
{
    private int _left = times;

    public override ValueTask ReplyAsync(HostileStream line, byte[] frame, Func<byte[], ValueTask> send, CancellationToken ct)
    {
        if (_left == 0) return send(frame);
        _left--;
        var function = (byte)(HostileFrames.Pdu(frame, line.IsRtu)[0] | 0x80);
        return send(HostileFrames.WithPdu(frame, line.IsRtu, function, code));
    }
}
