using Flip.Edge.Cloud;

namespace Flip.Edge.Doctor;

/// <summary>
/// Replaces known secrets and homeowner data wherever they stand, in any escapes. It is the second line: no part of the bundle takes such a value up by
/// itself, but a journal may hold what somebody typed on a command line, or what a server wrote of it.
/// </summary>
internal sealed class SecretMask
{
    private const int ShortestCode = 8;
    private readonly KnownValues _values = new(StringComparison.Ordinal, ShortestCode);

    /// <summary>
    /// Takes a value up. Short numbers are left out, as they would be found in everything; so are words of one or two letters.
    /// </summary>
    public void Add(string? value)
    {
        string text = value?.Trim() ?? "";
        if (text.Length >= ShortestCode || text.Any(char.IsLetter)) _values.Add(text);
    }

    /// <summary>The text with every value replaced that stands there as a word of its own; long ones everywhere.</summary>
    public string Apply(string text) => _values.Hide(text);
}
