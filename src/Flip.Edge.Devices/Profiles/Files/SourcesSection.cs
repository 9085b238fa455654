namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>Where the facts come from.</summary>
internal static class SourcesSection
{
    public static IReadOnlyDictionary<string, ProfileSource> Read(ProfileObject root)
    {
        Dictionary<string, ProfileSource> sources = [];
        if (root.Object("sources") is not { } section) return sources;
        foreach (ProfileNode member in section.Members())
        {
            ProfileObject source = new(member, root.Mistakes);
            sources[member.Name] = new(source.RequiredText("title", "what the source is: project and file, thread, or document"), Url(source));
            source.Close();
            if (string.IsNullOrWhiteSpace(member.Name)) root.Mistakes.Add(member, "is an empty name, and a source needs one");
        }

        return sources;
    }

    private static string? Url(ProfileObject source)
    {
        ProfileNode? node = source.Required("url", "where it is, or null for a document without a public address");
        if (node is null or { Kind: NodeKind.Null }) return null;
        if (node.Kind == NodeKind.Text && (node.Text.StartsWith("https://", StringComparison.Ordinal) || node.Text.StartsWith("http://", StringComparison.Ordinal))
            && Uri.IsWellFormedUriString(node.Text, UriKind.Absolute))
        {
            return node.Text;
        }

        source.Mistakes.Add(node, $"{node.Found}, and has to be a link that begins with https://, or null");
        return null;
    }
}
