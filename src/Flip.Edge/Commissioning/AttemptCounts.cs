using System.Collections.Concurrent;

namespace Flip.Edge.Commissioning;

/// <summary>Tries of this process by outcome, for <c>/metrics</c>.</summary>
internal sealed class AttemptCounts
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Add(string outcome) => _counts.AddOrUpdate(outcome, 1, static (_, count) => count + 1);

    public IEnumerable<KeyValuePair<string, long>> All => _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal);
}
