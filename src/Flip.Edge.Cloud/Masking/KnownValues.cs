using System.Text;

namespace Flip.Edge.Cloud;

/// <summary>
/// Replaces known values wherever a text holds them, whichever way it writes them. The time grows with the text and with the longest value, not
/// with how many there are.
/// </summary>
/// <param name="comparison">Ordinal, with or without case.</param>
/// <param name="shortestCode">Length from which on a value is replaced within a word too, in characters; a shorter one only as a word of its own.</param>
internal sealed class KnownValues(StringComparison comparison, int shortestCode)
{
    /// <summary>Values of fewer characters are not taken up.</summary>
    public const int Shortest = 3;

    private const string Mask = "***";

    // Three characters of a secret tell nothing, and half of all texts happen to end with one of its first letters.
    private const int ShortestTell = 4;

    private readonly Dictionary<(char, char, char), List<string>> _byBegin = [];

    /// <summary>Takes a value up, and what it would be if it were decoded itself: a secret may look like an escape.</summary>
    public void Add(string value)
    {
        TextLayer layer = TextLayer.Of(value);
        foreach (string plain in layer.Mixed().Prepend(layer).Select(form => form.ToString().TrimEnd()).Where(plain => plain.Length >= Shortest))
        {
            (char, char, char) begin = BeginOf(plain[0], plain[1], plain[2]);
            if (!_byBegin.TryGetValue(begin, out List<string>? alike)) _byBegin[begin] = alike = [];
            if (!alike.Contains(plain)) alike.Add(plain);
        }
    }

    /// <summary>The text with every value replaced, in whatever escapes it stands; the rest as it was.</summary>
    /// <param name="text">Any.</param>
    /// <param name="isCut">Whether it may end in the middle of a value, whose beginning is then replaced too.</param>
    public string Hide(string text, bool isCut = false)
    {
        List<(int Begin, int End)> found = [];
        foreach (TextLayer layer in TextLayer.Of(text).Readings())
        {
            Find(layer, found);
            if (isCut) FindBeginning(layer, found);
        }

        return found.Count == 0 ? text : Replaced(text, found);
    }

    private void Find(TextLayer layer, List<(int Begin, int End)> found)
    {
        for (int at = 0; at + Shortest <= layer.Length; at++)
        {
            if (!_byBegin.TryGetValue(BeginOf(layer[at], layer[at + 1], layer[at + 2]), out List<string>? alike)) continue;
            foreach (string value in alike)
            {
                int end = at + value.Length;
                if (end <= layer.Length && StandsAt(layer, at, value, value.Length) && (value.Length >= shortestCode || IsWord(layer, at, end)))
                    found.Add((layer.BeginOf(at), layer.EndOf(end - 1)));
            }
        }
    }

    private void FindBeginning(TextLayer layer, List<(int Begin, int End)> found)
    {
        foreach (string value in _byBegin.Values.SelectMany(alike => alike))
        {
            for (int length = Math.Min(value.Length - 1, layer.Length); length >= ShortestTell; length--)
            {
                if (!StandsAt(layer, layer.Length - length, value, length)) continue;
                found.Add((layer.BeginOf(layer.Length - length), layer.EndOf(layer.Length - 1)));
                break;
            }
        }
    }

    private bool StandsAt(TextLayer layer, int at, string value, int length)
    {
        for (int i = 0; i < length; i++)
        {
            if (Folded(layer[at + i]) != Folded(value[i])) return false;
        }

        return true;
    }

    private static string Replaced(string text, List<(int Begin, int End)> found)
    {
        StringBuilder hidden = new(text.Length);
        int kept = 0, end = 0;
        foreach ((int begin, int itsEnd) in found.Order())
        {
            // What overlaps is one.
            if (begin >= end) hidden.Append(text, kept, begin - kept).Append(Mask);
            kept = end = Math.Max(end, itsEnd);
        }

        return hidden.Append(text, kept, text.Length - kept).ToString();
    }

    private static bool IsWord(TextLayer layer, int begin, int end) =>
        (begin == 0 || !IsWordCharacter(layer[begin - 1])) && (end == layer.Length || !IsWordCharacter(layer[end]));

    private static bool IsWordCharacter(char character) => char.IsLetterOrDigit(character) || character == '_';

    private (char, char, char) BeginOf(char first, char second, char third) => (Folded(first), Folded(second), Folded(third));

    private char Folded(char character) => comparison == StringComparison.Ordinal ? character : char.ToUpperInvariant(character);
}
