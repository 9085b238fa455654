namespace Flip.Edge.Modbus;

/// <summary>
/// Ends waits: after a time, or when the caller gives up. One timer and, as long as nothing ends early, one token source serve all
/// requests of a client; the timer is left running from one request to the next and looks at the clock when it fires.
/// </summary>
internal sealed class Deadline : IDisposable
{
    /// <summary>Timers have a limit of some weeks. A longer wait is continued when this is over.</summary>
    private const double MostMilliseconds = 3_600_000;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private CancellationTokenSource _source = new();
    private long _due;
    private long _timerDue = long.MaxValue;
    private bool _isActive;
    private bool _isSpent;

    public Deadline(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static state => ((Deadline)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the last wait ended because its time was over.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Starts a wait of some time, or of <see cref="Timeout.InfiniteTimeSpan"/>. The token is good until the next start.</summary>
    public CancellationToken Start(TimeSpan span)
    {
        lock (_lock)
        {
            if (_isSpent) _source = new CancellationTokenSource();
            _isSpent = IsOver = false;
            _isActive = true;
            _due = span == Timeout.InfiniteTimeSpan
                ? long.MaxValue
                : _time.GetTimestamp() + (long)(span.TotalSeconds * _time.TimestampFrequency);
            if (_due < _timerDue) SetTimer(span);
            return _source.Token;
        }
    }

    public void Stop()
    {
        lock (_lock) _isActive = false;
    }

    /// <summary>Ends the wait under way.</summary>
    public void Cancel() => End(isOver: false);

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        lock (_lock)
        {
            _timerDue = long.MaxValue;
            if (!_isActive || _due == long.MaxValue) return;
            TimeSpan left = _time.GetElapsedTime(_time.GetTimestamp(), _due);
            if (left > TimeSpan.Zero)
            {
                SetTimer(left);
                return;
            }
        }

        End(isOver: true);
    }

    private void End(bool isOver)
    {
        CancellationTokenSource ended;
        lock (_lock)
        {
            if (isOver && (!_isActive || _isSpent || _due > _time.GetTimestamp())) return;
            IsOver = isOver;
            _isSpent = true;
            ended = _source;
        }

        ended.Cancel(); // outside the lock: it runs whatever waits for it
    }

    private void SetTimer(TimeSpan span)
    {
        _timerDue = _due;
        double milliseconds = Math.Min(Math.Ceiling(span.TotalMilliseconds), MostMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
