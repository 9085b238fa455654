using System.Net.Sockets;

namespace Flip.Edge.Simulator.Hostile;

/// <summary>
/// One connection, or one serial line, as the device's server sees it, with troubles in between. What the server writes is one whole reply
/// each time, of Modbus TCP or RTU.
/// </summary>
public sealed class HostileStream : Stream
{
    private readonly Stream _inner;
    private readonly IReadOnlyList<WireTrouble> _troubles;
    private readonly TimeProvider _time;
    private readonly long _opened;

    internal HostileStream(Stream inner, bool isRtu, int number, IReadOnlyList<WireTrouble> troubles, TimeProvider time)
    {
        (_inner, IsRtu, Number, _troubles, _time) = (inner, isRtu, number, troubles, time);
        _opened = time.GetTimestamp();
    }

    /// <summary>Whether its frames are RTU's.</summary>
    public bool IsRtu { get; }

    /// <summary>Counts the connections of a device: the first is 1.</summary>
    public int Number { get; }

    /// <summary>Bytes that came from the client so far.</summary>
    public long Heard { get; private set; }

    /// <summary>Replies that the server has given so far.</summary>
    public int Replies { get; private set; }

    /// <summary>How long it is open.</summary>
    public TimeSpan Age => _time.GetElapsedTime(_opened);

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends bytes that no server wrote.</summary>
    public ValueTask SendRawAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => _inner.WriteAsync(bytes, ct);

    /// <summary>Cuts the connection with a reset. A serial line can't be cut.</summary>
    public void Reset()
    {
        if (_inner is NetworkStream socket) socket.Socket.Close(0);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var count = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0) return 0;
            Heard += count;
            var isHeard = true;
            foreach (var trouble in _troubles) isHeard &= await trouble.HearsAsync(this, buffer[..count], cancellationToken).ConfigureAwait(false);
            if (isHeard) return count;
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Replies++;
        return PassAsync(0, buffer.ToArray(), cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override void Flush() => _inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("servers read asynchronously");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("servers write asynchronously");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    internal async Task OpenedAsync(CancellationToken ct)
    {
        foreach (var trouble in _troubles) await trouble.OpenedAsync(this, ct).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }

    private ValueTask PassAsync(int index, byte[] frame, CancellationToken ct) => index == _troubles.Count
        ? _inner.WriteAsync(frame, ct)
        : _troubles[index].ReplyAsync(this, frame, next => PassAsync(index + 1, next, ct), ct);
}
