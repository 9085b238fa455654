using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Flip.Edge.Local;

/// <summary>One connection: whether it waits for its client, and for how long it has.</summary>
/// <param name="connection">The connection; a feature of its requests is this slot.</param>
/// <param name="slots">Those of its listener.</param>
/// <param name="time">The clock.</param>
internal sealed class ConnectionSlot(ConnectionContext connection, ConnectionSlots slots, TimeProvider time)
{
    // A client on a busy machine reads an event within that time.
    private static readonly TimeSpan PatienceWithStreams = TimeSpan.FromSeconds(2);

    private volatile Phase _phase = Phase.Waiting;
    private long _heardAt = time.GetTimestamp();

    private enum Phase
    {
        /// <summary>The next byte is the client's to send.</summary>
        Waiting,

        /// <summary>A whole request has come, and is being answered.</summary>
        Answering,

        /// <summary>The answer is an event stream.</summary>
        Streaming,
    }

    public ConnectionContext Connection => connection;

    public ConnectionOwner Owner { get; } = ConnectionOwner.Of(connection.Features.Get<IConnectionSocketFeature>()?.Socket);

    public bool IsStream => _phase == Phase.Streaming;

    /// <summary>
    /// When its client was last seen to do its part, as a timestamp, where it is the client that the connection waits for: to send a request, or to read what
    /// was written to it. Null while the daemon is at work, and for an event stream that is read.
    /// </summary>
    public long? WaitsSince
    {
        get
        {
            if (_phase == Phase.Waiting) return _heardAt;
            if (Look()) return null;
            return _phase == Phase.Streaming && time.GetElapsedTime(_heardAt) < PatienceWithStreams ? null : _heardAt;
        }
    }

    /// <summary>Looks whether the client has read everything until now.</summary>
    public bool Look()
    {
        if (UntakenBytes.Of(connection) > 0) return false;
        Interlocked.Exchange(ref _heardAt, time.GetTimestamp());
        return true;
    }

    /// <summary>A whole request has come, or the rest of one.</summary>
    public void Answer()
    {
        // Whoever sends requests and reads no answer has done nothing for us.
        Look();
        _phase = Phase.Answering;
    }

    /// <summary>The rest of the request, or the next one, is awaited.</summary>
    public void Await() => _phase = Phase.Waiting;

    /// <summary>The answer is an event stream from now on.</summary>
    /// <returns>False when the listener has as many as it may, and all of them are read.</returns>
    public bool TryStream() => slots.TryStream(this);

    /// <summary>For the listener's slots alone, which count the streams.</summary>
    public void Stream() => _phase = Phase.Streaming;
}
