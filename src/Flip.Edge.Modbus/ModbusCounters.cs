namespace Flip.Edge.Modbus;

/// <summary>What a client has seen on the wire. Read at any time; each number only grows.</summary>
public sealed class ModbusCounters
{
    /// <summary>Requests sent, retries after a silent reconnect included.</summary>
    public long Requests { get; internal set; }

    /// <summary>Bytes sent, framing included.</summary>
    public long BytesSent { get; internal set; }

    /// <summary>Bytes received, rubbish included.</summary>
    public long BytesReceived { get; internal set; }

    /// <summary>Requests nobody answered in time.</summary>
    public long Timeouts { get; internal set; }

    /// <summary>Frames with a wrong CRC or an impossible length.</summary>
    public long BrokenFrames { get; internal set; }

    /// <summary>Whole frames that were the answer to something else: late, of another unit, function or transaction.</summary>
    public long ForeignFrames { get; internal set; }

    /// <summary>Connections opened.</summary>
    public long Connects { get; internal set; }
}
