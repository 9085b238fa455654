namespace Flip.Edge.Logs;

/// <summary>
/// Whether a sentence is worth a line. What flaps between two reasons, or tells another number each time, is told once in a while, and not at each
/// look. Not for several threads.
/// </summary>
/// <param name="time">Time.</param>
/// <param name="quiet">For how long what was told is no news; six hours when it is not said.</param>
internal sealed class Novelty(TimeProvider time, TimeSpan? quiet = null)
{
    private const int Most = 32;

    private readonly TimeSpan _quiet = quiet ?? TimeSpan.FromHours(6);
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);

    /// <summary>True when it was not told for a while, numbers aside; it counts as told then.</summary>
    public bool IsNews(string sentence)
    {
        string kind = new([.. sentence.Where(character => !char.IsAsciiDigit(character))]);
        if (_told.TryGetValue(kind, out long told) && time.GetElapsedTime(told) < _quiet) return false;
        if (_told.Count >= Most) _told.Remove(_told.MinBy(pair => pair.Value).Key);
        _told[kind] = time.GetTimestamp();
        return true;
    }

    /// <summary>What comes now is news again.</summary>
    public void Forget() => _told.Clear();
}
