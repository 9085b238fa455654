using Microsoft.AspNetCore.Connections;

namespace Flip.Edge.Local;

/// <summary>
/// The connections of one listener, so many at most. One more is always let in, and the oldest that waits for its client goes for it: whoever opens
/// connections and sends nothing, or a byte at a time, does not keep the installer's press out.
/// </summary>
/// <param name="name">The listener, for the log.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of a flood, once in a while.</param>
internal sealed partial class ConnectionSlots(string name, TimeProvider time, ILogger log)
{
    /// <summary>Most connections of a listener. Command and installer need a handful.</summary>
    public const int Most = 64;

    private static readonly TimeSpan BetweenLines = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<Slot> _slots = [];
    private long? _toldAt;
    private int _running;

    /// <summary>Runs a connection with a slot of its own; it is a feature of the connection and of its requests.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        LinkedListNode<Slot> ours = new(new(connection));
        try
        {
            // Those that were told to go need a moment. Kestrel's own limit would have a line in the journal for each connection of a flood.
            if (Interlocked.Increment(ref _running) > 2 * Most) return;
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

    private void MakeRoomFor(LinkedListNode<Slot> newcomer)
    {
        Slot? oldest = null;
        bool isNews = false;
        lock (_gate)
        {
            if (_slots.Count >= Most)
            {
                oldest = _slots.FirstOrDefault(slot => !slot.IsAnswering) ?? _slots.First!.Value;
                _slots.Remove(oldest);
                isNews = _toldAt is not { } at || time.GetElapsedTime(at) > BetweenLines;
                if (isNews) _toldAt = time.GetTimestamp();
            }

            _slots.AddLast(newcomer);
        }

        oldest?.Connection.Abort(new ConnectionAbortedException("its client keeps it waiting, and another has come"));
        if (isNews) LogFlood(log, name, Most);
    }

    [LoggerMessage(700, LogLevel.Warning, "The local endpoint has {Most} connections on {Listener} at once: from now on the oldest that waits for its client is closed for each new one. A program on this machine opens connections and leaves them")]
    private static partial void LogFlood(ILogger log, string listener, int most);

    /// <summary>One connection.</summary>
    internal sealed class Slot(ConnectionContext connection)
    {
        private volatile bool _isAnswering;

        public ConnectionContext Connection => connection;

        /// <summary>Whether a whole head of a request has come, and is being answered.</summary>
        public bool IsAnswering
        {
            get => _isAnswering;
            set => _isAnswering = value;
        }
    }
}
