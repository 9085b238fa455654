using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.DevicesDoc;

/// <summary>What text has to be so that Markdown shows it as it is.</summary>
internal static class Markdown
{
    public static string Text(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal);

    /// <summary>A sentence that begins with a capital and ends with a full stop.</summary>
    public static string Sentence(string text)
    {
        string shown = Text(text);
        return $"{char.ToUpperInvariant(shown[0])}{shown[1..]}{(shown[^1] is '.' or '!' or '?' ? "" : ".")}";
    }

    /// <summary>The sources of a fact, each a link whose address stands below the family.</summary>
    public static string Sources(DeviceProfile profile, IReadOnlyList<string> names) => string.Join(", ", names.Select(name =>
        profile.Sources[name].Url is null ? $"{Text(name)}: {Text(profile.Sources[name].Title)}" : $"[{Text(name)}][{profile.Name}-{name}]"));

    /// <summary>The addresses of those links.</summary>
    public static string Addresses(DeviceProfile profile) => string.Concat(profile.Sources.Where(source => source.Value.Url is not null).Select(source =>
        $"[{profile.Name}-{source.Key}]: {source.Value.Url} \"{source.Value.Title.Replace('"', '\'')}\"\n"));

    /// <summary>The sources in brackets, for the end of a sentence.</summary>
    public static string Of(DeviceProfile profile, ProfileEvidence evidence) =>
        evidence.Sources.Count == 0 ? "" : $" ({Sources(profile, evidence.Sources)}{(evidence.Confidence == Confidence.Unsure ? ", unsure" : "")})";

    /// <summary>The heading's anchor as GitHub makes it.</summary>
    public static string Anchor(string heading) => string.Concat(heading.ToLowerInvariant().Select(c => c == ' ' ? '-' : c).Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));
}
