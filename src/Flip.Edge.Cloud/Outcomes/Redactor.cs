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

    // What is shown has 300 characters; blanks and escapes before them make it more.
    private const int LongestRead = 64 * 1024;

    // &thetasym; and \ud83d\ude00: the longest escape that a cut may go through.
    private const int LongestEscape = 12;

    private readonly KnownValues _secrets = new(StringComparison.OrdinalIgnoreCase, KnownValues.Shortest);

    public Redactor(params IEnumerable<string?> secrets)
    {
        foreach (string? secret in secrets.Where(secret => !string.IsNullOrWhiteSpace(secret)))
        {
            // "Li" is a name, and also in half of all words: a short one is hidden only where it stands in quotes.
            if (secret!.Trim().Length >= KnownValues.Shortest) _secrets.Add(secret);
            else foreach (char quote in "\"'") _secrets.Add($"{quote}{secret.Trim()}{quote}");
        }
    }

    public string Text(string text) => Shown(_secrets.Hide(text));

    public string Excerpt(BoundedBody body)
    {
        string raw = Encoding.UTF8.GetString(body.Bytes.AsSpan(0, Math.Min(body.Bytes.Length, LongestRead)));

        // Where reading stopped in the middle of a secret, its beginning is still there.
        bool isCut = body.End != BodyEnd.Complete || body.Bytes.Length > LongestRead;
        return Shown(_secrets.Hide(isCut ? WithoutBrokenEnd(raw) : raw, isCut));
    }

    // Once more: what is made plain for people must not show more than was found in the original.
    private string Shown(string text) => Cut(_secrets.Hide(OneLine(Unescaped(text))));

    /// <summary>
    /// Each server escapes in its own way: Python writes é as \u00e9, PHP a slash as \/, and a page an apostrophe as &amp;#39;. A person wants the plain form.
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
        int window = Math.Max(0, text.Length - LongestEscape), escape = text.AsSpan(window).IndexOfAny('\\', '&', '%');
        return (escape >= 0 ? text[..(window + escape)] : text).TrimEnd('\uFFFD');
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
}
