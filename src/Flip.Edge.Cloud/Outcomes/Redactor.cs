using System.Text;

namespace Flip.Edge.Cloud;

/// <summary>
/// Makes what a server sent fit for a log: bounded, in one line, without the token and without what the request said of the homeowner,
/// which a server's error may quote back.
/// </summary>
internal sealed class Redactor
{
    public const int MaxLength = 300;

    private const string Mask = "***";

    // Three characters of a secret tell nothing, and half of all texts happen to end with one of its first letters.
    private const int ShortestTell = 4;

    private readonly string[] _secrets;

    public Redactor(params IEnumerable<string?> secrets) =>
        _secrets = [.. secrets.Where(s => !string.IsNullOrWhiteSpace(s)).SelectMany(s => Forms(s!)).Distinct().OrderByDescending(s => s.Length)];

    public string Text(string text) => Cut(Hide(OneLine(text)));

    public string Excerpt(BoundedBody body)
    {
        string text = Hide(OneLine(Encoding.UTF8.GetString(body.Bytes)));

        // Where reading stopped in the middle of a secret, its beginning is still there.
        if (body.End != BodyEnd.Complete) text = _secrets.Aggregate(text, WithoutBeginningOf);
        return Cut(text);
    }

    // "Li" is a name, and also in half of all words: a short one is hidden only where it stands in quotes.
    private static IEnumerable<string> Forms(string secret)
    {
        string escaped = System.Text.Json.JsonEncodedText.Encode(secret).ToString();
        return secret.Length < 3 ? [$"\"{secret}\"", $"\"{escaped}\"", $"'{secret}'"] : [secret, escaped];
    }

    private static string WithoutBeginningOf(string text, string secret)
    {
        for (int length = Math.Min(secret.Length - 1, text.Length); length >= ShortestTell; length--)
        {
            if (text.EndsWith(secret[..length], StringComparison.OrdinalIgnoreCase)) return text[..^length];
        }

        return text;
    }

    private static string OneLine(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isBlank = Rune.IsWhiteSpace(rune);
            if (isBlank && line.Length > 0 && line[^1] != ' ') line.Append(' ');
            else if (!isBlank && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.Format) line.Append(rune);
        }

        return line.ToString().TrimEnd();
    }

    private static string Cut(string text)
    {
        if (text.Length <= MaxLength) return text;
        int length = char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return text[..length] + "…";
    }

    private string Hide(string text) =>
        _secrets.Aggregate(text, (current, secret) => current.Replace(secret, Mask, StringComparison.OrdinalIgnoreCase));
}
