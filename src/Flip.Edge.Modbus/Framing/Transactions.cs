namespace Flip.Edge.Modbus;

/// <summary>The transaction ids of Modbus TCP: which were sent and when, so that a late reply tells how long the device takes.</summary>
internal sealed class Transactions(ModbusCounters counters, ResponseTiming timing, TimeProvider time)
{
    /// <summary>
    /// Far from 0, 1 and the first numbers of a count, which gateways send that don't echo the id
    /// (<see href="https://github.com/kellerza/sunsynk/issues/680"/>): they must not look like ids of ours.
    /// </summary>
    private const ushort First = 0x6400;

    private const int Remembered = 16;

    private readonly ushort[] _ids = new ushort[Remembered];
    private readonly long[] _sentAt = new long[Remembered];
    private readonly bool[] _isOpen = new bool[Remembered];
    private int _sent;

    /// <summary>The id of the last request.</summary>
    public ushort Current { get; private set; } = First - 1;

    /// <summary>The id of a request that is sent now. Never 0, which some gateways answer with, whatever was asked.</summary>
    public ushort Next()
    {
        if (++Current == 0) Current = 1;
        if (_sent < ushort.MaxValue) _sent++;
        int slot = Current % Remembered;
        _ids[slot] = Current;
        _sentAt[slot] = time.GetTimestamp();
        _isOpen[slot] = true;
        return Current;
    }

    /// <summary>Whether an id may be one of ours, of this connection or an earlier one.</summary>
    public bool WasSent(ushort id) => id != 0 && (ushort)(Current - id) < _sent;

    /// <summary>The last request was answered.</summary>
    public void Answered() => _isOpen[Current % Remembered] = false;

    /// <summary>A reply to something else came: learns from it when that was given up a short while ago.</summary>
    public void Passed(ushort id)
    {
        int slot = id % Remembered;
        if (id == Current || _ids[slot] != id || !_isOpen[slot]) return;
        _isOpen[slot] = false;
        counters.LateReplies++;
        timing.AnsweredLate(time.GetElapsedTime(_sentAt[slot]));
    }
}
