namespace Flip.Edge.Supervision;

/// <summary>A step that has taken longer than it may.</summary>
/// <param name="Step">Which.</param>
/// <param name="Since">When it last got on.</param>
/// <param name="For">How long ago that is.</param>
internal readonly record struct Overdue(Step Step, DateTimeOffset Since, TimeSpan For);

/// <summary>What every worker is at.</summary>
internal sealed class StepBoard(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Step> _open = [];

    /// <summary>What is being done at the moment, and must get on.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _open.Count;
        }
    }

    /// <summary>Begins a worker, or anything else that is no part of another step. What is called meanwhile adds its steps to it.</summary>
    /// <param name="name">In the words of a person: <c>commissioning</c>, <c>devices</c>.</param>
    /// <param name="bound">How long it may take between two steps; null while it waits for others to begin one.</param>
    public Step Begin(string name, TimeSpan? bound) => Begin(null, name, bound);

    internal Step Begin(Step? outer, string name, TimeSpan? bound)
    {
        bool hangs = Hang.IsOrderedFor(name);
        Step step = new(this, outer, name, hangs ? Hang.Bound : bound, time.GetTimestamp());
        lock (_gate)
        {
            _open.Add(step);
            outer?.Enter(step.ProgressAt);
        }

        Progress.Enter(step);
        if (hangs) Hang.Here(step);
        return step;
    }

    internal void End(Step step)
    {
        lock (_gate)
        {
            if (!step.TryEnd()) return;
            _open.Remove(step);
            step.Outer?.Left(time.GetTimestamp());
        }
    }

    /// <summary>Nobody could get on for this long, because nothing of the process ran: it does not count for any step that is open.</summary>
    public void Excuse(TimeSpan span)
    {
        long now = time.GetTimestamp();
        lock (_gate)
        {
            foreach (Step step in _open) step.Excuse((long)(span.TotalSeconds * time.TimestampFrequency), now);
        }
    }

    /// <summary>Every step that has gone on for longer than it may.</summary>
    public IReadOnlyList<Overdue> Overdue()
    {
        long now = time.GetTimestamp();
        DateTimeOffset wall = time.GetUtcNow();
        lock (_gate)
        {
            List<Overdue> overdue = [];
            foreach (Step step in _open)
            {
                TimeSpan took = time.GetElapsedTime(step.ProgressAt, now);
                if (step.IsInnermost && step.Bound is { } bound && took > bound) overdue.Add(new(step, wall - took, took));
            }

            return overdue;
        }
    }

    /// <summary>What everybody is at, whether it takes long or not.</summary>
    public IReadOnlyList<string> Innermost()
    {
        lock (_gate) return [.. _open.Where(step => step.IsInnermost).Select(step => step.ToString()).Order(StringComparer.Ordinal)];
    }
}
