using System.Globalization;
using System.Net;
using System.Text;

namespace Flip.Edge.Cloud;

/// <summary>Ways to escape.</summary>
[Flags]
internal enum EscapeKinds
{
    /// <summary>Percent-encoding (RFC 3986), and JavaScript's old <c>%u00E9</c>.</summary>
    Percent = 1,

    /// <summary>Backslashes: JSON, Python, C, the octal digits of <c>ls</c> and git.</summary>
    Backslash = 2,

    /// <summary>HTML's character references.</summary>
    Reference = 4,

    /// <summary>All of them.</summary>
    Any = Percent | Backslash | Reference,
}

/// <summary>
/// Reads the escapes that servers, tools and loggers write a text with.
/// </summary>
internal static class Escapes
{
    // &thetasym; and &#x0001F600;
    private const int LongestReference = 12;
    private const int MostBytesOfARune = 4;

    /// <summary>What stands at an index: an escape, or a character of its own.</summary>
    /// <param name="text">Any.</param>
    /// <param name="at">Index of its first character.</param>
    /// <param name="kinds">Those that count; others stand for themselves.</param>
    /// <returns>How many characters it takes, at least 1, and what they mean.</returns>
    public static (int Length, string Decoded) Read(string text, int at, EscapeKinds kinds)
    {
        EscapeKinds kind = text[at] switch { '%' => EscapeKinds.Percent, '\\' => EscapeKinds.Backslash, '&' => EscapeKinds.Reference, _ => 0 };
        if ((kind & kinds) == 0) return (1, text[at].ToString());
        (int length, string? decoded) = text[at] == '&' ? Reference(text, at) : CodePoint(text, at);
        if (length > 0) return (length, decoded!);
        (length, decoded) = Utf8(text, at, text[at]);
        if (length > 0) return (length, decoded!);
        return text[at] == '\\' && at + 1 < text.Length && Letter(text[at + 1]) is { } letter ? (2, letter) : (1, text[at].ToString());
    }

    private static (int, string?) Reference(string text, int at)
    {
        int end = text.IndexOf(';', at, Math.Min(LongestReference, text.Length - at));
        if (end < 0) return default;
        string reference = text[at..(end + 1)], decoded = WebUtility.HtmlDecode(reference);
        return decoded == reference ? default : (reference.Length, decoded);
    }

    // \u00e9, \U0001f600, %u00E9: a number of Unicode's, or half of a pair.
    private static (int, string?) CodePoint(string text, int at)
    {
        int digits = text[at..Math.Min(at + 2, text.Length)] switch { "\\u" or "%u" or "%U" or "\\U" when Hex(text, at + 2, 8) is not <= 0x10FFFF => 4, "\\U" => 8, _ => 0 };
        if (digits == 0 || Hex(text, at + 2, digits) is not { } code) return default;
        return (2 + digits, code <= char.MaxValue ? ((char)code).ToString() : char.ConvertFromUtf32((int)code));
    }

    // %C3%A9, \xc3\xa9, \303\251: bytes, of UTF-8 where they are, otherwise of Latin-1, as in Python's '\xe9'.
    private static (int, string?) Utf8(string text, int at, char mark)
    {
        Span<byte> bytes = stackalloc byte[MostBytesOfARune];
        Span<int> ends = stackalloc int[MostBytesOfARune];
        int count = 0;
        for (int next = at; count < MostBytesOfARune && next < text.Length && text[next] == mark && Byte(text, next) is { Length: > 0 } one; next += one.Length)
        {
            bytes[count] = one.Value;
            ends[count++] = next + one.Length;
        }

        if (count == 0) return default;
        bool isWhole = Rune.DecodeFromUtf8(bytes[..count], out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done;
        return isWhole ? (ends[consumed - 1] - at, rune.ToString()) : (ends[0] - at, ((char)bytes[0]).ToString());
    }

    private static (int Length, byte Value) Byte(string text, int at)
    {
        if (text[at] == '%') return Hex(text, at + 1, 2) is { } percent ? (3, (byte)percent) : default;
        if (at + 3 >= text.Length) return default;
        if (text[at + 1] is 'x' or 'X') return Hex(text, at + 2, 2) is { } hex ? (4, (byte)hex) : default;
        return text[at + 1] is >= '0' and <= '3' && text[at + 2] is >= '0' and <= '7' && text[at + 3] is >= '0' and <= '7'
            ? (4, (byte)(((text[at + 1] - '0') << 6) | ((text[at + 2] - '0') << 3) | (text[at + 3] - '0')))
            : default;
    }

    // An end of line within a value is a blank to whoever compares; the rest can't be seen.
    private static string? Letter(char letter) => letter switch
    {
        'n' or 'r' or 't' or 'v' or 'f' => " ",
        'b' or 'a' or '0' => "",
        '\\' or '/' or '"' or '\'' => letter.ToString(),
        _ => null,
    };

    private static uint? Hex(string text, int at, int digits) =>
        at + digits <= text.Length && uint.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) ? value : null;
}
