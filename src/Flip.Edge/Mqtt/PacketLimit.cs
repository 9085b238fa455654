namespace Flip.Edge.Mqtt;

/// <summary>
/// A broker's stream, in which no packet is longer than it can be. The library makes room for as much as a packet says that it holds,
/// before any of it has come: with noise, or something that is no broker, up to 256 MB (MQTT 5, 2.1.4).
/// </summary>
internal sealed class PacketLimit(Stream inner) : Stream
{
    /// <summary>Longest packet that is taken: what we subscribe to has some hundred bytes.</summary>
    public const int MostBytes = 256 * 1024;

    private const int LongestLength = 4;

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

        if (isLast) (_left, _lengthBytes) = (_length, -1);
    }
}
