namespace Flip.Edge.Logs;

/// <summary>
/// Whether a sentence is worth a line. What flaps between two reasons, or tells another number each time, is told once in six hours, and not at each
/// look. Not for several threads.
/// </summary>
internal sealed class Novelty(TimeProvider time)
{
    private const int Most = 32;

    private static readonly TimeSpan Quiet = TimeSpan.FromHours(6);
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);

    /// <summary>True when it was not told for a while, numbers aside; it counts as told then.</summary>
    public bool IsNews(string sentence)
    {
        string kind = new([.. sentence.Where(character => !char.IsAsciiDigit(character))]);
        if (_told.TryGetValue(kind, out long told) && time.GetElapsedTime(told) < Quiet) return false;
        if (_told.Count >= Most) _told.Remove(_told.MinBy(pair => pair.Value).Key);
        _told[kind] = time.GetTimestamp();
        return true;
    }

    /// <summary>What comes now is news again.</summary>
    public void Forget() => _told.Clear();
}
