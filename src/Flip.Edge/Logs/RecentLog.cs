namespace Flip.Edge.Logs;

/// <summary>The last warnings and errors, in memory: what support asks for first, also where nobody keeps the journal.</summary>
internal sealed class RecentLog : ILogSink
{
    /// <summary>How many lines are kept.</summary>
    public const int Most = 200;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private long _warnings;
    private long _errors;

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    /// <summary>Warnings of this process, those that are no longer kept included.</summary>
    public long Warnings => Interlocked.Read(ref _warnings);

    /// <summary>Errors of this process, as above.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    public void Write(LogLine line)
    {
        if (line.Level < LogLevel.Warning) return;
        if (line.Level == LogLevel.Warning) Interlocked.Increment(ref _warnings);
        else Interlocked.Increment(ref _errors);
        lock (_gate)
        {
            if (_lines.Count == Most) _lines.Dequeue();
            _lines.Enqueue(line);
        }
    }
}
