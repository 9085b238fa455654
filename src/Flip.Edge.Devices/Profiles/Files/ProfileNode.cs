namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>What a node of a JSON text is.</summary>
internal enum NodeKind
{
    Object,
    List,
    Text,
    Number,
    Flag,
    Null,
}

/// <summary>A node of a JSON text that knows where it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name in the object around it; empty in a list and at the root.</param>
/// <param name="Key">Its path: <c>points.capacity.type</c>, <c>anchor[0]</c>.</param>
/// <param name="Line">The line in which it begins, from 1: that of its name, where it has one.</param>
/// <param name="Text">A text's characters, or a number's or flag's as written.</param>
/// <param name="Children">Members of an object or items of a list, in the order of the file.</param>
internal sealed record ProfileNode(NodeKind Kind, string Name, string Key, int Line, string Text, IReadOnlyList<ProfileNode> Children)
{
    /// <summary>For messages: what stands there.</summary>
    public string Found => Kind switch
    {
        NodeKind.Object => "is an object",
        NodeKind.List => "is a list",
        NodeKind.Text => $"is \"{Shown(Text)}\"",
        NodeKind.Null => "is null",
        _ => $"is {Shown(Text)}",
    };

    /// <summary>A text as it may stand in a message: one line, and not without end.</summary>
    public static string Shown(string text)
    {
        const int longest = 80;
        string cut = text.Length > longest ? $"{text[..longest]}…" : text;
        return string.Concat(cut.Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '?' : character));
    }
}
