namespace Flip.Edge.Modbus;

/// <summary>Turns requests into frames, and finds their answers in what comes back. One per client: it knows what was asked last.</summary>
internal abstract class Framer(ModbusCounters counters)
{
    /// <summary>The longest frame of either kind.</summary>
    public const int MaxFrame = 260;

    /// <summary>What came instead of the answer, for the message of a time-out; null when nothing did.</summary>
    public virtual string? Instead => Foreign.Describe();

    protected ModbusCounters Counters { get; } = counters;

    protected ForeignFrame Foreign { get; set; }

    /// <summary>Writes the request's frame and returns its length.</summary>
    public int Encode(in ModbusCall call, Span<byte> frame)
    {
        Foreign = default;
        return Frame(call, frame);
    }

    /// <summary>Looks for the answer. Frames that are not the answer are dropped and counted.</summary>
    public abstract Verdict Scan(in ModbusCall call, Inbox inbox);

    /// <summary>Whether what is there may be the beginning of the answer, so that it pays to wait for the rest.</summary>
    public abstract bool IsUnderWay(in ModbusCall call, Inbox inbox);

    /// <summary>The answer did not come in time. Returns how many bytes came that belong to no whole frame.</summary>
    public abstract int TimedOut(in ModbusCall call, Inbox inbox);

    protected abstract int Frame(in ModbusCall call, Span<byte> frame);

    protected void Note(ForeignFrame frame)
    {
        if (frame.IsRequest) Counters.ForeignRequests++;
        else Counters.ForeignFrames++;
        Foreign = frame;
    }
}

/// <summary>A whole frame that answers something else, or asks it. Described only when a request fails.</summary>
internal readonly record struct ForeignFrame(ModbusCall Asked, byte Unit, byte Function, bool IsRequest = false)
{
    public string? Describe()
    {
        if (Function == 0) return null;
        if (IsRequest) return $"a request of another master to unit {Unit} came instead";
        if (Unit != Asked.Unit) return $"a reply of unit {Unit} came instead";
        if ((Function & ~Pdu.ExceptionBit) != Asked.Function) return $"a reply to function {Function & ~Pdu.ExceptionBit} came instead";
        return "the reply to another request came instead";
    }
}
