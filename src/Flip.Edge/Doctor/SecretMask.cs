using Flip.Edge.Cloud;

namespace Flip.Edge.Doctor;

/// <summary>
/// Replaces known secrets and homeowner data, in any escapes. It is the second line: no part of the bundle takes such a value up by
/// itself, but a journal may hold what somebody typed on a command line, or what a server wrote of it. A secret is replaced wherever it stands. A
/// homeowner's or a broker's user name may be any word, such as <c>unit</c>: it is not looked for in keys of JSON, nor in what this program says itself.
/// </summary>
internal sealed class SecretMask
{
    private const int ShortestCode = 8;
    private readonly KnownValues _secrets = new(StringComparison.Ordinal, ShortestCode), _all = new(StringComparison.Ordinal, ShortestCode);

    /// <summary>
    /// Takes a secret up. Short numbers are left out, as they would be found in everything; so are words of one or two letters.
    /// </summary>
    public void Add(string? secret)
    {
        if (Worth(secret) is not { } text) return;
        _secrets.Add(text);
        _all.Add(text);
    }

    /// <summary>Takes up a word that is private and no secret: of the homeowner's data, or a user name. The same are left out.</summary>
    public void AddWord(string? word)
    {
        if (Worth(word) is { } text) _all.Add(text);
    }

    /// <summary>The text with every value replaced that stands there as a word of its own; long ones everywhere.</summary>
    public string Apply(string text) => _all.Hide(text);

    /// <summary>A text of our own, such as the list of what the bundle holds: only secrets are replaced.</summary>
    public string ApplyToOwnText(string text) => _secrets.Hide(text);

    /// <summary>JSON: secrets are replaced everywhere, and words in its texts. What is no JSON is a text as any other.</summary>
    // All at once within a text: an address of which a secret was a part would be found no more.
    public string ApplyToJson(string json) => JsonMask.Apply(json, Apply) is { } masked ? _secrets.Hide(masked) : Apply(json);

    private static string? Worth(string? value)
    {
        string text = value?.Trim() ?? "";
        return text.Length >= ShortestCode || text.Any(char.IsLetter) ? text : null;
    }
}
