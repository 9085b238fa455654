using Flip.Edge.Modbus;

namespace Flip.Edge.Monitoring;

/// <summary>Sums over connections. What each of them counts: <see cref="ModbusCounters"/>.</summary>
internal readonly record struct ModbusTotals
{
    public long Requests { get; init; }

    public long Timeouts { get; init; }

    public long BrokenFrames { get; init; }

    /// <summary>Replies to something else, <see cref="LateReplies"/> included.</summary>
    public long ForeignFrames { get; init; }

    public long LateReplies { get; init; }

    public long Exceptions { get; init; }

    public long ConnectionFailures { get; init; }

    public long Connects { get; init; }

    /// <summary>Requests and replies of another master on the line.</summary>
    public long OtherMaster { get; init; }

    /// <summary>Bytes.</summary>
    public long Sent { get; init; }

    /// <summary>Bytes.</summary>
    public long Received { get; init; }

    public ModbusTotals Plus(ModbusCounters counters) => Plus(new ModbusTotals
    {
        Requests = counters.Requests,
        Timeouts = counters.Timeouts,
        BrokenFrames = counters.BrokenFrames,
        ForeignFrames = counters.ForeignFrames,
        LateReplies = counters.LateReplies,
        Exceptions = counters.Exceptions,
        ConnectionFailures = counters.ConnectionFailures,
        Connects = counters.Connects,
        OtherMaster = counters.ForeignRequests + counters.UnaskedReplies,
        Sent = counters.BytesSent,
        Received = counters.BytesReceived,
    });

    public ModbusTotals Plus(ModbusTotals other) => new()
    {
        Requests = Requests + other.Requests,
        Timeouts = Timeouts + other.Timeouts,
        BrokenFrames = BrokenFrames + other.BrokenFrames,
        ForeignFrames = ForeignFrames + other.ForeignFrames,
        LateReplies = LateReplies + other.LateReplies,
        Exceptions = Exceptions + other.Exceptions,
        ConnectionFailures = ConnectionFailures + other.ConnectionFailures,
        Connects = Connects + other.Connects,
        OtherMaster = OtherMaster + other.OtherMaster,
        Sent = Sent + other.Sent,
        Received = Received + other.Received,
    };
}
