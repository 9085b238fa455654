using System.Collections.Concurrent;
using Flip.Edge.KillLoop.Plans;

namespace Flip.Edge.KillLoop;

/// <summary>How often each fault befell, and each kind of kill. Safe for concurrent use.</summary>
internal sealed class FaultCounts
{
    private readonly ConcurrentDictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<KillMoment, int> _kills = [];

    /// <summary>By endpoint and fault.</summary>
    public IEnumerable<KeyValuePair<string, int>> Faults => _faults.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<KillMoment, int>> Kills => _kills.OrderBy(pair => pair.Key);

    public int KillsInAll => _kills.Values.Sum();

    public void AddFault(string fault) => _faults.AddOrUpdate(fault, 1, (_, count) => count + 1);

    public void AddKill(KillMoment moment) => _kills.AddOrUpdate(moment, 1, (_, count) => count + 1);

    public void Add(FaultCounts other)
    {
        foreach ((string fault, int count) in other._faults) _faults.AddOrUpdate(fault, count, (_, before) => before + count);
        foreach ((KillMoment moment, int count) in other._kills) _kills.AddOrUpdate(moment, count, (_, before) => before + count);
    }
}
