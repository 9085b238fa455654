using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck.Xunit;

namespace Flip.Edge.Cloud.Tests.Masking;

public sealed class KnownValuesTests
{
    // What encodings have to do something about, and what looks like one.
    private const string Alphabet = "aZ0é9ß'\"&;#+%/\\=x u41C3n<>äあÑ@._-~";

    private static readonly Func<string, string>[] Encodings =
    [
        text => text,
        Uri.EscapeDataString,
        text => LowerHex(Uri.EscapeDataString(text)),
        text => WebUtility.UrlEncode(text)!,
        text => LowerHex(WebUtility.UrlEncode(text)!),
        text => string.Concat(Encoding.UTF8.GetBytes(text).Select(one => $"%{one:X2}")),
        text => string.Concat(text.Select(one => one < 256 && one > 127 ? $"%{(int)one:X2}" : Uri.EscapeDataString(one.ToString()))),
        text => string.Concat(text.Select(one => $"%u{(int)one:x4}")),
        text => JsonEncodedText.Encode(text).ToString(),
        text => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
        text => string.Concat(text.Select(one => $"\\u{(int)one:x4}")),
        text => string.Concat(text.Select(one => $"\\u{(int)one:X4}")),
        text => string.Concat(Encoding.UTF8.GetBytes(text).Select(one => $"\\x{one:x2}")),
        text => string.Concat(Encoding.UTF8.GetBytes(text).Select(one => $"\\{Convert.ToString(one, 8).PadLeft(3, '0')}")),
        text => WebUtility.HtmlEncode(text)!,
        text => string.Concat(text.EnumerateRunes().Select(rune => string.Create(CultureInfo.InvariantCulture, $"&#{rune.Value};"))),
        text => string.Concat(text.EnumerateRunes().Select(rune => string.Create(CultureInfo.InvariantCulture, $"&#x{rune.Value:x};"))),
        text => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("é", "&eacute;", StringComparison.Ordinal).Replace("Ñ", "&Ntilde;", StringComparison.Ordinal),
    ];

    [Property(MaxTest = 5000)]
    public void No_value_survives_in_any_encoding_nor_in_one_of_another(int[] letters, byte inner, byte outer)
    {
        string value = string.Concat(letters.Select(letter => Alphabet[(int)((uint)letter % Alphabet.Length)])).Trim(' ', '+');
        KnownValues values = new(StringComparison.Ordinal, KnownValues.Shortest);
        values.Add(value);
        if (TextLayer.Of(value).ToString().Trim().Length < KnownValues.Shortest) return;
        string once = Encodings[inner % Encodings.Length](value), twice = Encodings[outer % Encodings.Length](once);

        Assert.All([once, twice], encoded => Assert.Equal("«***»", values.Hide($"«{encoded}»")));
    }

    [Property(MaxTest = 500)]
    public void Whatever_a_text_holds_what_is_no_value_stays_as_it_was(string?[] parts, int seed)
    {
        Random random = new(seed);
        string text = string.Concat(parts.Select(part => $"{part}{Alphabet[random.Next(Alphabet.Length)]}"));
        KnownValues values = new(StringComparison.OrdinalIgnoreCase, KnownValues.Shortest);
        values.Add("tok-0123456789");

        Assert.Equal(text, values.Hide(text));
        Assert.Equal($"{text} ***", values.Hide($"{text} TOK%2D0123456789"));
    }

    [Theory]
    [InlineData("""{"name":"Jos\u00e9 Mar\u00EDa"}""", """{"name":"***"}""")]
    [InlineData("""{"message":"{\"name\":\"Jos\\u00e9 Mar\\u00eda\"}"}""", """{"message":"{\"name\":\"***\"}"}""")]
    [InlineData("?name=Jos%C3%A9+Mar%c3%ada&zip=1", "?name=***&zip=1")]
    [InlineData("?name=Jos%E9%20Mar%EDa&zip=1", "?name=***&zip=1")]
    [InlineData("?name=Jos%25C3%25A9%2BMar%25c3%25ada", "?name=***")]
    [InlineData(@"b'Jos\xc3\xa9 Mar\xc3\xada' and 'Jos\xe9 Mar\xeda'", "b'***' and '***'")]
    [InlineData("<p>Jos&eacute;&nbsp;Mar&#237;a</p>", "<p>***</p>")]
    [InlineData("José\r\n  María\u200b!", "***\u200b!")]
    [InlineData("100% of 20 & more; a+b \\ \\u00 %zz &#; &x;", "100% of 20 & more; a+b \\ \\u00 %zz &#; &x;")]
    public void A_homeowner_is_replaced_and_what_stands_around_is_not(string text, string hidden)
    {
        KnownValues values = new(StringComparison.Ordinal, KnownValues.Shortest);
        values.Add("José María");

        Assert.Equal(hidden, values.Hide(text));
    }

    [Fact]
    public void In_a_megabyte_of_escapes_one_of_a_thousand_values_is_found()
    {
        string text = string.Concat(Enumerable.Repeat("%25%25&amp;amp;\\\\u005c", 48 * 1024));
        KnownValues values = new(StringComparison.Ordinal, KnownValues.Shortest);
        for (int i = 0; i < 1000; i++) values.Add(string.Create(CultureInfo.InvariantCulture, $"{i:0000}-a line of a key that no text holds"));
        values.Add("needle");

        Assert.EndsWith("***", values.Hide(text + "nee%64le"), StringComparison.Ordinal);
    }

    private static string LowerHex(string encoded)
    {
        char[] text = encoded.ToCharArray();
        for (int i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] != '%') continue;
            (text[i + 1], text[i + 2]) = (char.ToLowerInvariant(text[i + 1]), char.ToLowerInvariant(text[i + 2]));
            i += 2;
        }

        return new(text);
    }
}
