namespace Flip.Edge.Otlp;

/// <summary>
/// When a line is worth it: once when the collector goes away and once when it is back, and for one that comes and goes once an hour. A try may be
/// made every few seconds, for years.
/// </summary>
internal sealed class Reach(TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);
    private long? _toldAt;
    private bool _isAway;
    private bool _isTold;

    public bool IsLostNow()
    {
        if (_isAway) return false;
        _isAway = true;
        if (_toldAt is { } at && time.GetElapsedTime(at) < Quiet) return false;
        _toldAt = time.GetTimestamp();
        return _isTold = true;
    }

    public bool IsBackNow()
    {
        bool isTold = _isTold;
        (_isAway, _isTold) = (false, false);
        return isTold;
    }
}
