namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>Reads <c>source</c> and <c>confidence</c> of a fact, and fills in the profile's own where it does not tell them.</summary>
internal sealed class EvidenceReader
{
    private static readonly ProfileEvidence None = new([], Confidence.Unsure);

    private readonly IReadOnlyDictionary<string, ProfileSource> _sources;
    private readonly IReadOnlyList<string>? _source;
    private readonly Confidence? _confidence;
    private readonly bool _tellsSource;
    private readonly bool _tellsConfidence;

    /// <param name="root">The profile, whose own source and confidence are the defaults.</param>
    /// <param name="sources">The sources that can be named.</param>
    public EvidenceReader(ProfileObject root, IReadOnlyDictionary<string, ProfileSource> sources)
    {
        _sources = sources;
        _source = Names(root);
        _confidence = root.Choice("confidence", Vocabulary.Confidences);

        // One that is told wrongly is one mistake, and not another one at every point.
        (_tellsSource, _tellsConfidence) = (root.Has("source"), root.Has("confidence"));
    }

    /// <summary>The profile's own, for a fact that can't tell it, such as a bare number.</summary>
    public ProfileEvidence? Default => _source is { } names && _confidence is { } confidence ? new(names, confidence)
        : _tellsSource && _tellsConfidence ? None : null;

    public ProfileEvidence Of(ProfileObject fact)
    {
        IReadOnlyList<string>? names = Names(fact) ?? _source;
        Confidence? confidence = fact.Choice("confidence", Vocabulary.Confidences) ?? _confidence;
        if (names is null && !fact.Has("source") && !_tellsSource) fact.Fail("source", "is missing, and the profile has none of its own: name a key of sources, here or at the top");
        if (confidence is null && !fact.Has("confidence") && !_tellsConfidence)
        {
            fact.Fail("confidence", $"is missing, and the profile has none of its own: say {NodeValues.OneOf(Vocabulary.Confidences.Keys)}, here or at the top");
        }

        return names is null || confidence is null ? None : new(names, confidence.Value);
    }

    private IReadOnlyList<string>? Names(ProfileObject fact)
    {
        if (fact.Find("source") is not { } node) return null;
        if (node.Kind == NodeKind.List)
        {
            IReadOnlyList<string>? names = node.AsTexts(fact.Mistakes);
            foreach (ProfileNode item in node.Children.Where(item => item.Kind == NodeKind.Text)) Check(item, fact.Mistakes);
            return names;
        }

        if (node.AsText(fact.Mistakes) is not { } name) return null;
        Check(node, fact.Mistakes);
        return [name];
    }

    private void Check(ProfileNode node, ProfileMistakes mistakes)
    {
        if (!_sources.ContainsKey(node.Text)) mistakes.Add(node, $"{node.Found}, and sources has no such key; {Spelling.Hint(node.Text, _sources.Keys)}");
    }
}
