namespace Flip.Edge.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Key">The key as it stands in the file, for example <c>Devices:0:Endpoint</c>.</param>
/// <param name="Sentence">What was found, what was expected, what to do.</param>
internal sealed record ConfigurationError(string Key, string Sentence)
{
    public override string ToString() => Key.Length == 0 ? Sentence : $"{Key}: {Sentence}";
}
