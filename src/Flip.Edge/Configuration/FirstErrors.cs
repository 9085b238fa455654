namespace Flip.Edge.Configuration;

/// <summary>
/// The errors as the log, the status and an answer tell them: a file that is garbled has thousands, and a gateway's log and memory are small.
/// <c>flip-edge config check</c> tells all of them in full.
/// </summary>
/// <param name="All">How many there are.</param>
/// <param name="Shown">The first of them, 20 at most, none of more than some 1,000 characters.</param>
internal sealed record FirstErrors(int All, ConfigurationError[] Shown)
{
    /// <summary>So many are told.</summary>
    public const int Most = 20;

    private const int LongestKey = 160, LongestSentence = 1000;

    /// <summary>How many are not told.</summary>
    public int Left => All - Shown.Length;

    /// <summary>All of them in a line, or what is told of them.</summary>
    public string Line => string.Join("; ", Shown.Select(error => $"{error.Key} {error.Sentence}".Trim()).Concat(Left == 0 ? [] : [$"and {Left} more, which flip-edge config check names"]));

    public static FirstErrors Of(IReadOnlyCollection<ConfigurationError> errors) =>
        new(errors.Count, [.. errors.Take(Most).Select(error => new ConfigurationError(Cut(error.Key, LongestKey), Cut(error.Sentence, LongestSentence)))]);

    /// <summary>The text, or its beginning with a … at the end.</summary>
    /// <param name="text">Any.</param>
    /// <param name="longest">Most characters of the result.</param>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest) return text;
        int length = longest - 1;
        return $"{text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)]}…";
    }
}
