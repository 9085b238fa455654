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

    /// <summary>Those of them that answered a request which had been given up. They show how long the device really takes.</summary>
    public long LateReplies { get; internal set; }

    /// <summary>Requests that somebody else sent: on a serial line everything can be heard.</summary>
    public long ForeignRequests { get; internal set; }

    /// <summary>Replies of units and functions that had not been asked, heard on a serial line while nothing was asked.</summary>
    public long UnaskedReplies { get; internal set; }

    /// <summary>Requests of ours that came back before the reply.</summary>
    public long Echoes { get; internal set; }

    /// <summary>Answers that were an exception: the device refused, was busy, or failed.</summary>
    public long Exceptions { get; internal set; }

    /// <summary>Connections that could not be opened, and those that were lost with a request under way.</summary>
    public long ConnectionFailures { get; internal set; }

    /// <summary>Connections opened.</summary>
    public long Connects { get; internal set; }

    /// <summary>Whether transaction ids are not compared: as told by the options, or because they were found not to be echoed.</summary>
    public bool IgnoresTransactionId { get; internal set; }

    /// <summary>One sentence when somebody else asks on the same line, which spoils replies at random; else null.</summary>
    public string? AnotherMaster => ForeignRequests > 0 ? $"another master is on the line: {ForeignRequests} of its requests were heard"
        : UnaskedReplies > 0 ? $"another master may be on the line: {UnaskedReplies} replies came that nobody here had asked for"
        : null;
}
