using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Flip.Edge.Local;

/// <summary>
/// The connections of one listener, so many at most. One more is always let in, and the one that has waited longest for its client goes for it: whoever opens
/// connections and sends nothing, or a byte at a time, or reads no answer, does not keep the installer's press out, nor does it end an event stream that is read.
/// </summary>
/// <param name="name">The listener, for the log.</param>
/// <param name="mostStreams">How many event streams it may have; fewer than <see cref="Most"/>, or a newcomer would have to end one that is read.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of a flood, once in a while.</param>
internal sealed partial class ConnectionSlots(string name, int mostStreams, TimeProvider time, ILogger log)
{
    /// <summary>Most connections of a listener. Command and installer need a handful.</summary>
    public const int Most = 64;

    // In bytes. Linux lets one of TCP grow to megabytes, and what is not read there counts for the memory that the service may have.
    private const int SendBuffer = 64 * 1024;

    private static readonly TimeSpan BetweenLines = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<ConnectionSlot> _slots = [];
    private long? _toldAt;
    private int _running;

    /// <summary>Runs a connection with a slot of its own; it is a feature of the connection and of its requests.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        LinkedListNode<ConnectionSlot> ours = new(new(connection, this, time));
        try
        {
            // Those that were told to go need a moment. Kestrel's own limit would have a line in the journal for each connection of a flood.
            if (Interlocked.Increment(ref _running) > 2 * Most) return;
            if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket) socket.SendBufferSize = SendBuffer;
            MakeRoomFor(ours);
            connection.Features.Set(ours.Value);
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            lock (_gate)
            {
                // Whoever was thrown out is no longer in the list.
                if (ours.List is not null) _slots.Remove(ours);
            }
        }
    }

    /// <summary>Makes a connection's answer a stream. Where there are as many as there may be, one that nobody reads goes for it.</summary>
    /// <returns>False when all of them are read.</returns>
    public bool TryStream(ConnectionSlot newcomer)
    {
        ConnectionSlot? unread = null;
        lock (_gate)
        {
            if (_slots.Count(slot => slot.IsStream) >= mostStreams)
            {
                unread = LongestWaiting(_slots.Where(slot => slot.IsStream));
                if (unread is null) return false;
                _slots.Remove(unread);
            }

            newcomer.Stream();
        }

        unread?.Connection.Abort(new ConnectionAbortedException("its client does not read the events, and another wants them"));
        return true;
    }

    // Of the user who has most of those that wait, and of his processes of the one that has: whoever is quick enough to open 64 in the time that a command
    // needs to send its request, closes his own.
    private static ConnectionSlot? LongestWaiting(IEnumerable<ConnectionSlot> slots)
    {
        List<ConnectionSlot> waiting = [];
        List<long> since = [];
        foreach (ConnectionSlot slot in slots)
        {
            if (slot.WaitsSince is not { } at) continue;
            waiting.Add(slot);
            since.Add(at);
        }

        ConnectionSlot? longest = null;
        (int OfUser, int OfProcess, long Before) found = default;
        for (int i = 0; i < waiting.Count; i++)
        {
            ConnectionOwner owner = waiting[i].Owner;
            (int, int, long) rank = (waiting.Count(slot => slot.Owner.User == owner.User), waiting.Count(slot => slot.Owner == owner), -since[i]);
            if (longest is null || rank.CompareTo(found) > 0) (longest, found) = (waiting[i], rank);
        }

        return longest;
    }

    private void MakeRoomFor(LinkedListNode<ConnectionSlot> newcomer)
    {
        ConnectionSlot? gone = null;
        bool isNews = false;
        lock (_gate)
        {
            if (_slots.Count >= Most)
            {
                gone = LongestWaiting(_slots) ?? _slots.First(slot => !slot.IsStream);
                _slots.Remove(gone);
                isNews = _toldAt is not { } at || time.GetElapsedTime(at) > BetweenLines;
                if (isNews) _toldAt = time.GetTimestamp();
            }

            _slots.AddLast(newcomer);
        }

        gone?.Connection.Abort(new ConnectionAbortedException("its client keeps it waiting, and another has come"));
        if (isNews) LogFlood(log, name, Most);
    }

    [LoggerMessage(700, LogLevel.Warning, "The local endpoint has {Most} connections on {Listener} at once: from now on the one that has waited longest for its client is closed for each new one. A program on this machine opens connections and leaves them")]
    private static partial void LogFlood(ILogger log, string listener, int most);
}
