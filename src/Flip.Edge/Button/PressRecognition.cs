namespace Flip.Edge.Button;

/// <summary>How a button was pressed.</summary>
internal enum Press
{
    /// <summary>Pressed and let go.</summary>
    Short,

    /// <summary>Held until it counted, once; letting go means nothing then.</summary>
    Long,
}

/// <summary>
/// Makes presses of what a contact does. A contact counts once it has been still for the debounce time, so that bounces are one press and a
/// spark is none. How long it was held is taken from the times of the changes, not from when they were read: on a busy machine a press
/// and its end may be read at once. A long press comes while the button is still held.
/// </summary>
internal sealed class PressRecognition : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _debounce;
    private readonly TimeSpan _longPress;
    private readonly TimeProvider _time;
    private readonly Action<Press> _pressed;
    private readonly ITimer _settling;
    private readonly ITimer _holding;
    private bool _isDown;
    private bool _isSaid;
    private Edge _down;
    private Edge? _unsettled;

    /// <param name="debounce">How long a contact has to be still.</param>
    /// <param name="longPress">From when on a press is long.</param>
    /// <param name="time">Time.</param>
    /// <param name="pressed">Called for each press, on the thread of a change or of a timer; it must not wait.</param>
    public PressRecognition(TimeSpan debounce, TimeSpan longPress, TimeProvider time, Action<Press> pressed)
    {
        (_debounce, _longPress, _time, _pressed) = (debounce, longPress, time, pressed);
        _settling = time.CreateTimer(_ => Settle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _holding = time.CreateTimer(_ => Hold(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The contact changed.</summary>
    /// <param name="isDown">Whether it is closed now.</param>
    /// <param name="at">When, by any clock that only goes forward; null for this moment.</param>
    public void Change(bool isDown, TimeSpan? at = null)
    {
        lock (_gate)
        {
            Edge edge = new(isDown, at ?? _time.GetElapsedTime(0), _time.GetTimestamp());
            if (_unsettled is { } before)
            {
                if (before.IsDown == isDown) return;
                if (edge.At - before.At >= _debounce) Count(before);
            }

            _unsettled = isDown == _isDown ? null : edge;
            Settle();
        }
    }

    /// <summary>The button is gone, or changes were lost: what was begun is no press.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            (_unsettled, _isDown) = (null, false);
        }
    }

    public void Dispose()
    {
        _settling.Dispose();
        _holding.Dispose();
    }

    private void Settle()
    {
        lock (_gate)
        {
            if (_unsettled is not { } edge || !IsOver(_settling, edge, _debounce)) return;
            _unsettled = null;
            Count(edge);
        }
    }

    private void Hold()
    {
        lock (_gate)
        {
            // A contact that has just opened is either a bounce or the end; its own time tells which.
            if (_isDown && _unsettled is null && IsOver(_holding, _down, _longPress)) Say(Press.Long);
        }
    }

    /// <summary>Whether so much time has passed; else the timer is set for the rest of it. A timer may be early, or meant for an earlier edge.</summary>
    private bool IsOver(ITimer timer, Edge since, TimeSpan wait)
    {
        TimeSpan left = wait - _time.GetElapsedTime(since.ReadAt);
        if (left <= TimeSpan.Zero) return true;

        // A timer counts whole milliseconds, and 0 of them would be at once, again and again.
        timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        return false;
    }

    private void Count(Edge edge)
    {
        if (edge.IsDown == _isDown) return;
        _isDown = edge.IsDown;
        if (_isDown)
        {
            (_down, _isSaid) = (edge, false);
            Hold();
        }
        else
        {
            Say(edge.At - _down.At >= _longPress ? Press.Long : Press.Short);
        }
    }

    private void Say(Press press)
    {
        if (_isSaid) return;
        _isSaid = true;
        _pressed(press);
    }

    /// <param name="IsDown">Whether the contact closed.</param>
    /// <param name="At">When, by the clock of whoever saw it.</param>
    /// <param name="ReadAt">When it was read, by our own.</param>
    private readonly record struct Edge(bool IsDown, TimeSpan At, long ReadAt);
}
