namespace Flip.Edge.Supervision;

/// <summary>
/// Asks the thread pool to do something, again and again. All workers live on it: when each of its threads is blocked, none of them gets on,
/// and none of them would notice.
/// </summary>
internal sealed class ThreadPoolTick(StepBoard board)
{
    // A slow gateway that unpacks an upgrade keeps a pool waiting for seconds.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly Action<Action> _queue = static work => ThreadPool.UnsafeQueueUserWorkItem(static work => work(), work, preferLocal: false);
    private volatile bool _isAsked;

    /// <param name="board">Where a pool that does not answer is seen.</param>
    /// <param name="queue">A pool in place of the real one.</param>
    internal ThreadPoolTick(StepBoard board, Action<Action> queue)
        : this(board) => _queue = queue;

    /// <summary>Asks, unless the last question is still open.</summary>
    public void Ask()
    {
        if (_isAsked) return;
        _isAsked = true;
        Step open = board.Begin("thread pool", Bound);
        // Nothing that the watch's own thread does is part of it.
        Progress.Leave(open);
        _queue(() =>
        {
            open.Dispose();
            _isAsked = false;
        });
    }
}
