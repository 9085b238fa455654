using System.Globalization;
using System.Net;
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

    // &thetasym; and the like.
    private const int LongestEscape = 10;

    private readonly string[] _secrets;

    public Redactor(params IEnumerable<string?> secrets) =>
        _secrets = [.. secrets.Where(s => !string.IsNullOrWhiteSpace(s)).SelectMany(s => Forms(s!)).Distinct().OrderByDescending(s => s.Length)];

    public string Text(string text) => Cut(Hide(OneLine(Unescaped(text))));

    public string Excerpt(BoundedBody body)
    {
        string raw = Encoding.UTF8.GetString(body.Bytes);
        string text = Hide(OneLine(Unescaped(body.End == BodyEnd.Complete ? raw : WithoutBrokenEnd(raw))));

        // Where reading stopped in the middle of a secret, its beginning is still there.
        if (body.End != BodyEnd.Complete) text = _secrets.Aggregate(text, WithoutBeginningOf);
        return Cut(text);
    }

    // "Li" is a name, and also in half of all words: a short one is hidden only where it stands in quotes.
    private static IEnumerable<string> Forms(string secret)
    {
        // What it is compared with was made plain too, and a secret may look like an escape.
        string plain = OneLine(Unescaped(secret));
        return secret.Length < 3 ? [$"\"{secret}\"", $"\"{plain}\"", $"'{secret}'"] : [secret, plain];
    }

    /// <summary>
    /// Each server escapes in its own way: Python writes é as \u00e9, PHP a slash as \/, and a page an apostrophe as &amp;#39;. Only the plain
    /// form can be compared with a name.
    /// </summary>
    private static string Unescaped(string text)
    {
        // A JSON text within a JSON text is escaped twice.
        for (int layer = 0; layer < 2; layer++) text = WebUtility.HtmlDecode(WithoutBackslashes(text));
        return text;
    }

    private static string WithoutBackslashes(string text)
    {
        StringBuilder plain = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 5 < text.Length && text[i + 1] == 'u'
                && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                plain.Append((char)code);
                i += 5;
            }
            else
            {
                if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '/' or '\\' or '"') i++;
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    // Where reading stopped in the middle of an escape or of a character.
    private static string WithoutBrokenEnd(string text)
    {
        int escape = text.LastIndexOfAny(['\\', '&']);
        return (escape >= Math.Max(0, text.Length - LongestEscape) ? text[..escape] : text).TrimEnd('\uFFFD');
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
            else if (!isBlank && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format) line.Append(rune);
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
