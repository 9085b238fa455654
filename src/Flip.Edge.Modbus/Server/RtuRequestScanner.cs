namespace Flip.Edge.Modbus;

/// <summary>Finds requests in what came over a serial line, wherever they start.</summary>
internal sealed class RtuRequestScanner
{
    private readonly byte[] _buffer = new byte[1024];
    private int _have;

    /// <summary>Whether part of a frame, or rubbish, waits for more.</summary>
    public bool IsWaiting => _have > 0;

    /// <summary>Adds what was read, at most 512 bytes at once.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        int tooMany = _have + bytes.Length - _buffer.Length;
        if (tooMany > 0) Drop(tooMany); // rubbish: the longest frame is 256 bytes
        bytes.CopyTo(_buffer.AsSpan(_have));
        _have += bytes.Length;
    }

    /// <summary>Takes the first whole request with a right CRC; what stands before it is dropped.</summary>
    public bool TryTake(Span<byte> frame, out int length)
    {
        for (int start = 0; start + 4 <= _have; start++)
        {
            length = LengthAt(start);
            if (length == 0 || start + length > _have || !Crc16.IsValid(_buffer.AsSpan(start, length))) continue;
            _buffer.AsSpan(start, length).CopyTo(frame);
            Drop(start + length);
            return true;
        }

        length = 0;
        return false;
    }

    /// <summary>
    /// To be called when the line went quiet: what is there is either one whole request of a function we can't tell the
    /// length of, or rubbish. Nothing is left afterwards.
    /// </summary>
    public bool TryTakeAll(Span<byte> frame, out int length)
    {
        length = _have;
        _have = 0;
        if (length > frame.Length || length < 4 || !Crc16.IsValid(_buffer.AsSpan(0, length))) return false;
        _buffer.AsSpan(0, length).CopyTo(frame);
        return true;
    }

    private int LengthAt(int start) => _buffer[start + 1] switch
    {
        Pdu.ReadHolding or Pdu.ReadInput or Pdu.WriteSingle => 8,
        Pdu.WriteMultiple when start + 6 < _have => 9 + _buffer[start + 6] <= 256 ? 9 + _buffer[start + 6] : 0,
        _ => 0,
    };

    private void Drop(int count)
    {
        _have -= count;
        _buffer.AsSpan(count, _have).CopyTo(_buffer);
    }
}
