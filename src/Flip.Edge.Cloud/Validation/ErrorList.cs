using System.Globalization;

namespace Flip.Edge.Cloud;

/// <summary>Collects errors, and holds the checks that site and devices share.</summary>
internal sealed class ErrorList
{
    private readonly List<ContractError> _errors = [];

    public IReadOnlyList<ContractError> Errors => _errors;

    public void Add(string field, string found, string expected, string remedy) => _errors.Add(new(field, found, expected, remedy));

    /// <summary>A required name or id: not blank, of bounded length, printable, without white space around it.</summary>
    public void RequireText(string field, string? text, int maxLength, string remedy, bool asciiOnly = false)
    {
        string expected = $"1 to {maxLength} printable {(asciiOnly ? "ASCII " : "")}characters";
        if (string.IsNullOrWhiteSpace(text)) Add(field, text is null ? "nothing" : "a blank text", expected, remedy);
        else if (text.Length > maxLength) Add(field, Length(text), expected, remedy);
        else if (!IsPrintable(text, asciiOnly)) Add(field, "a character that is not printable" + (asciiOnly ? " ASCII" : ""), expected, remedy);
        else if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) Add(field, "white space around the text", expected, remedy);
    }

    /// <summary>An optional text of the homeowner's: absent, or printable and of bounded length. Never quoted.</summary>
    public void AllowText(string field, string? text, int maxLength)
    {
        string expected = $"nothing, or at most {maxLength} printable characters";
        if (text is null) return;
        if (text.Length > maxLength) Add(field, Length(text), expected, "shorten it");
        else if (!IsPrintable(text, asciiOnly: false)) Add(field, "a character that is not printable", expected, "type it again");
    }

    public static string Length(string text) => string.Create(CultureInfo.InvariantCulture, $"a text of {text.Length} characters");

    // A lone surrogate is no text: it would be sent as U+FFFD.
    private static bool IsPrintable(string text, bool asciiOnly)
    {
        if (asciiOnly) return text.All(c => c is >= ' ' and <= '~');
        return text.EnumerateRunes().All(rune => rune.Value != 0xFFFD && !System.Text.Rune.IsControl(rune));
    }
}
