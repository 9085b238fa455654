using System.Text.Encodings.Web;
using System.Text.Json;

namespace Flip.Edge.Doctor;

/// <summary>
/// Replaces known secrets and homeowner data wherever they stand. It is the second line: no part of the bundle takes such a value up by itself, but a
/// journal may hold what somebody typed on a command line.
/// </summary>
internal sealed class SecretMask
{
    public const string Mask = "***";

    private const int ShortestWord = 3, ShortestCode = 8;
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes a value up. Short numbers are left out, as they would be found in everything; so are words of one or two letters.
    /// </summary>
    public void Add(string? value)
    {
        string text = value?.Trim() ?? "";
        if (text.Length < ShortestWord || (text.Length < ShortestCode && !text.Any(char.IsLetter))) return;
        _values.Add(text);
        // As it stands in JSON.
        _values.Add(JsonEncodedText.Encode(text).ToString());
        _values.Add(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString());
    }

    /// <summary>The text with every value replaced that stands there as a word of its own; long ones everywhere.</summary>
    public string Apply(string text)
    {
        foreach (string value in _values.OrderByDescending(value => value.Length))
        {
            for (int at = 0; (at = text.IndexOf(value, at, StringComparison.Ordinal)) >= 0;)
            {
                int end = at + value.Length;
                bool isWord = (at == 0 || !IsWordCharacter(text[at - 1])) && (end == text.Length || !IsWordCharacter(text[end]));
                if (isWord || value.Length >= ShortestCode) text = string.Concat(text.AsSpan(0, at), Mask, text.AsSpan(end));
                at += isWord || value.Length >= ShortestCode ? Mask.Length : 1;
            }
        }

        return text;
    }

    private static bool IsWordCharacter(char character) => char.IsLetterOrDigit(character) || character == '_';
}
