namespace Flip.Edge.Mqtt;

/// <summary>
/// A broker's stream, in which no packet is longer than it can be. The library makes room for as much as a packet says that it holds,
/// before any of it has come: with noise, or something that is no broker, up to 256 MB (MQTT 5, 2.1.4). Nor are there more packets than a
/// broker has reason for: the library keeps each that is not worked off yet, and small ones cost it a hundred times their size.
/// </summary>
/// <param name="inner">The broker's stream.</param>
/// <param name="time">The clock.</param>
internal sealed class PacketLimit(Stream inner, TimeProvider time) : Stream
{
    /// <summary>Longest packet that is taken: what we subscribe to has some hundred bytes.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>Most packets in a minute: each message of ours is answered by one, and there are some ten, or a hundred after a connect.</summary>
    public const int MostPackets = 2_000;

    private const int LongestLength = 4;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private long _windowBegan = time.GetTimestamp();
    private int _packets;

    private int _lengthBytes = -1;
    private int _length;
    private int _left;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="BrokerException">A packet is too long, or this is no MQTT.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken);
        Follow(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = inner.Read(buffer, offset, count);
        Follow(buffer.AsSpan(offset, read));
        return read;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    // One byte of type, one to four of length with seven bits each, the lowest first, and then so many bytes.
    private void Follow(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_left > 0)
            {
                int skipped = Math.Min(_left, bytes.Length);
                _left -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            if (_lengthBytes < 0) (_lengthBytes, _length) = (0, 0);
            else Lengthen(bytes[0]);
            bytes = bytes[1..];
        }
    }

    private void Lengthen(byte next)
    {
        _length |= (next & 0x7F) << (7 * _lengthBytes++);
        bool isLast = (next & 0x80) == 0;
        if (_length > MostBytes || (!isLast && _lengthBytes == LongestLength))
        {
            throw new BrokerException(BrokerTrouble.Away, $"what answers sends a packet of {_length} bytes or more, and {MostBytes} are the most that a broker has to say here: is it an MQTT broker?");
        }

        if (!isLast) return;
        (_left, _lengthBytes) = (_length, -1);
        if (time.GetElapsedTime(_windowBegan) > Window) (_windowBegan, _packets) = (time.GetTimestamp(), 0);
        if (++_packets > MostPackets) throw new BrokerException(BrokerTrouble.Away, $"what answers sends more than {MostPackets} packets in a minute, and nothing was asked of it: is it an MQTT broker?");
    }
}
