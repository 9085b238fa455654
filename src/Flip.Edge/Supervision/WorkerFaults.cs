using Flip.Edge.Storage;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Supervision;

/// <summary>A worker that fails, and is tried again by itself.</summary>
/// <param name="Worker">In the words of a person: <c>commissioning</c>.</param>
/// <param name="Since">When it began to fail; it has not worked since.</param>
/// <param name="Kind">The type of what was thrown last. It quotes nothing.</param>
/// <param name="Reason">The same in words, without the secrets and the homeowner's data that this gateway knows; 300 characters at most.</param>
/// <param name="IsOfStorage">Whether it is the database that can't be written or read.</param>
internal sealed record WorkerFault(string Worker, DateTimeOffset Since, string Kind, string Reason, bool IsOfStorage)
{
    /// <summary>For everybody: on the topics, over HTTP and in systemd's line.</summary>
    public string Brief => FormattableString.Invariant($"the worker \"{Worker}\" fails since {Since:u} ({Kind}) and is tried again by itself: the log tells more");
}

/// <summary>
/// Which workers fail at the moment. The log tells it once, in a line that is soon far above; here it stands until the worker has worked again.
/// </summary>
/// <param name="words">Puts what was thrown into words that may be shown.</param>
/// <param name="changes">Told when there is another, or one less.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkerFaults(Func<Exception, string> words, ChangeSignal changes, TimeProvider time)
{
    /// <summary>A step that goes on for so long after a failure works: a wait for a device or for Flip has no end of its own.</summary>
    public static readonly TimeSpan Proof = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, WorkerFault> _faults = new(StringComparer.Ordinal);

    /// <summary>By the names of the workers.</summary>
    public IReadOnlyList<WorkerFault> Now
    {
        get
        {
            lock (_gate) return [.. _faults.Values];
        }
    }

    /// <summary>It has failed, and will be tried again.</summary>
    public void Failed(string worker, Exception failure)
    {
        string reason = words(failure);
        lock (_gate)
        {
            WorkerFault? before = _faults.GetValueOrDefault(worker);
            if (before?.Reason == reason) return;
            _faults[worker] = new(worker, before?.Since ?? time.GetUtcNow(), failure.GetType().Name, reason, failure is SqliteException or StorageException);
        }

        changes.Raise();
    }

    /// <summary>It has done what it is for.</summary>
    /// <returns>Since when it had failed; null where it had not.</returns>
    public DateTimeOffset? Works(string worker)
    {
        WorkerFault? before;
        lock (_gate)
        {
            if (!_faults.Remove(worker, out before)) return null;
        }

        changes.Raise();
        return before.Since;
    }

    /// <summary>Whether it fails.</summary>
    public bool Has(string worker)
    {
        lock (_gate) return _faults.ContainsKey(worker);
    }
}
