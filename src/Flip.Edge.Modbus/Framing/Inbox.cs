namespace Flip.Edge.Modbus;

/// <summary>Bytes received and not yet taken, in one buffer for the life of a client.</summary>
internal sealed class Inbox
{
    private readonly byte[] _bytes = new byte[1024];
    private int _start;
    private int _end;

    public int Length => _end - _start;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_start, Length);

    /// <summary>Where to receive to. Never empty: the oldest half of a full buffer is rubbish, as no frame is longer than 260 bytes.</summary>
    public Memory<byte> Free
    {
        get
        {
            if (_end == _bytes.Length)
            {
                if (Length > _bytes.Length / 2) _start = _end - (_bytes.Length / 2);
                Bytes.CopyTo(_bytes);
                _end = Length;
                _start = 0;
            }

            return _bytes.AsMemory(_end);
        }
    }

    public void Received(int count) => _end += count;

    public void Take(int count)
    {
        _start += count;
        if (_start == _end) Clear();
    }

    public void Clear() => _start = _end = 0;
}
