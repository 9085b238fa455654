using System.Globalization;

namespace Flip.Edge.Cloud;

/// <summary>
/// A text made plain for comparison, which still knows where each of its characters stands in the original: blanks are folded, "+" counts as
/// one, and what can't be seen is left out.
/// </summary>
internal sealed class TextLayer
{
    // A name in a JSON text in a JSON text in a log's JSON line; beyond that lies the attack on this loop itself.
    private const int DeepestLayer = 4;

    private static readonly EscapeKinds[] Kinds = [EscapeKinds.Percent, EscapeKinds.Backslash, EscapeKinds.Reference];

    private readonly List<Place> _places;

    private TextLayer(int capacity) => _places = new(capacity);

    public int Length => _places.Count;

    public char this[int index] => _places[index].Character;

    /// <summary>A text with nothing decoded yet.</summary>
    public static TextLayer Of(string text)
    {
        TextLayer layer = new(text.Length);
        for (int i = 0; i < text.Length; i++) layer.Put(text[i], i, i + 1);
        return layer;
    }

    /// <summary>Where the character begins in the original.</summary>
    public int BeginOf(int index) => _places[index].Begin;

    /// <summary>Where the character, or the escape that it came from, ends in the original: the index after it.</summary>
    public int EndOf(int index) => _places[index].End;

    /// <summary>
    /// The text and what it may mean: of which kind its escapes are, and how often it was escaped, nobody knows. Each is tried for itself, twice, because
    /// what looks like an escape of another kind may be part of a value; and all at once, because writers mix them.
    /// </summary>
    public IEnumerable<TextLayer> Readings()
    {
        yield return this;
        foreach (TextLayer mixed in Mixed()) yield return mixed;
        foreach (TextLayer once in Single())
        {
            yield return once;
            foreach (TextLayer twice in once.Single()) yield return twice;
        }
    }

    /// <summary>The text with the escapes of all kinds decoded, and again, as long as there are some; at most four times.</summary>
    public IEnumerable<TextLayer> Mixed()
    {
        TextLayer layer = this;
        for (int depth = 0; depth < DeepestLayer && layer.Decoded(EscapeKinds.Any) is { } next; depth++) yield return layer = next;
    }

    private IEnumerable<TextLayer> Single() => Kinds.Select(Decoded).OfType<TextLayer>();

    // Null when there was nothing to decode.
    private TextLayer? Decoded(EscapeKinds kinds)
    {
        string text = ToString();
        TextLayer layer = new(Length);
        for (int i = 0; i < text.Length;)
        {
            (int length, string decoded) = Escapes.Read(text, i, kinds);
            int begin = BeginOf(i), end = EndOf(i + length - 1);
            foreach (char character in decoded) layer.Put(character, begin, end);
            i += length;
        }

        return layer.Length == Length ? null : layer;
    }

    public override string ToString() => string.Create(Length, _places, static (text, places) =>
    {
        for (int i = 0; i < text.Length; i++) text[i] = places[i].Character;
    });

    private void Put(char character, int begin, int end)
    {
        bool isBlank = character == '+' || char.IsWhiteSpace(character);
        if (isBlank && (Length == 0 || this[^1] == ' ')) return;
        if (!isBlank && (char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format)) return;
        _places.Add(new(isBlank ? ' ' : character, begin, end));
    }

    private readonly record struct Place(char Character, int Begin, int End);
}
