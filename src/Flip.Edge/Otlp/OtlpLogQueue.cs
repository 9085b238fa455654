using Flip.Edge.Logs;

namespace Flip.Edge.Otlp;

/// <summary>Lines that wait to be sent. It is bounded: when it is full the oldest line goes, and is counted.</summary>
internal sealed class OtlpLogQueue : ILogSink
{
    /// <summary>How many lines wait at most.</summary>
    public const int Most = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly ChangeSignal _added = new();
    private long _dropped;

    /// <summary>Lines that were never sent: thrown out of the full queue, or refused by the collector.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Write(LogLine line)
    {
        lock (_gate)
        {
            if (_lines.Count == Most)
            {
                _lines.Dequeue();
                Interlocked.Increment(ref _dropped);
            }

            _lines.Enqueue(line);
        }

        _added.Raise();
    }

    /// <summary>Waits until there is a line.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task added = _added.Next;
            lock (_gate)
            {
                if (_lines.Count > 0) return;
            }

            await added.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes lines out, the oldest first.</summary>
    public IReadOnlyList<LogLine> Take(int most)
    {
        lock (_gate)
        {
            List<LogLine> taken = new(Math.Min(most, _lines.Count));
            while (taken.Count < most && _lines.TryDequeue(out LogLine? line)) taken.Add(line);
            return taken;
        }
    }

    /// <summary>Puts lines that could not be sent back to the front. Those for which there is no room any more are counted as dropped.</summary>
    public void Return(IReadOnlyList<LogLine> lines)
    {
        lock (_gate)
        {
            int room = Math.Max(0, Most - _lines.Count), lost = Math.Max(0, lines.Count - room);
            Interlocked.Add(ref _dropped, lost);
            LogLine[] newer = [.. _lines];
            _lines.Clear();
            foreach (LogLine line in lines.Skip(lost).Concat(newer)) _lines.Enqueue(line);
        }
    }

    public void Refused(long lines) => Interlocked.Add(ref _dropped, lines);
}
