namespace Flip.Edge.Supervision;

/// <summary>
/// What a worker is at: either it waits, which it may do for ever, or it works, for which there is a bound. Steps are nested, and each
/// beginning and end of one is progress of the one around it.
/// </summary>
internal sealed class Step : IDisposable
{
    private readonly StepBoard _board;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inner;
    private bool _hasEnded;

    internal Step(StepBoard board, Step? outer, string name, TimeSpan? bound, long now) =>
        (_board, Outer, Name, Bound, ProgressAt) = (board, outer, name, bound, now);

    /// <summary>The step that this one is part of; null for a worker.</summary>
    public Step? Outer { get; }

    public string Name { get; }

    /// <summary>How long it may go on without progress; null while it waits.</summary>
    public TimeSpan? Bound { get; }

    /// <summary>Completes when the first step inside of this one begins, or when it ends without one.</summary>
    public Task HasBegun => _begun.Task;

    /// <summary>Timestamp of its last progress.</summary>
    internal long ProgressAt { get; private set; }

    /// <summary>Whether it is what is done at the moment, and not a step inside of it.</summary>
    internal bool IsInnermost => _inner == 0 && !_hasEnded;

    /// <summary>From the worker to this step: <c>devices > device battery-1 > reading …</c>.</summary>
    public override string ToString() => Outer is null ? Name : $"{Outer} > {Name}";

    public Step Begin(string name, TimeSpan? bound) => _board.Begin(this, name, bound);

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _board.End(this);
        Progress.Leave(this);
    }

    internal void Enter(long now)
    {
        _inner++;
        ProgressAt = now;
        _begun.TrySetResult();
    }

    internal void Left(long now)
    {
        _inner--;
        ProgressAt = now;
    }

    internal void Excuse(long span, long now) => ProgressAt = Math.Min(ProgressAt + span, now);

    internal bool TryEnd()
    {
        if (_hasEnded) return false;
        _begun.TrySetResult();
        return _hasEnded = true;
    }
}
