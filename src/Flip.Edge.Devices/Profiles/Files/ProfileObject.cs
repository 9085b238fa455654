namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>Reads one object key by key, and at the end names each key that nobody asked for.</summary>
internal sealed class ProfileObject
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public ProfileObject(ProfileNode node, ProfileMistakes mistakes)
    {
        Node = node;
        Mistakes = mistakes;
        if (node.Kind != NodeKind.Object) mistakes.Add(node, $"{node.Found}, and has to be an object {{ … }}");
    }

    public ProfileNode Node { get; }

    public ProfileMistakes Mistakes { get; }

    /// <summary>The key of a member, whether it is there or not.</summary>
    public string Key(string name) => Node.Key.Length == 0 ? name : $"{Node.Key}.{name}";

    /// <summary>Names a mistake at a member, or at the object when the member is not there.</summary>
    public void Fail(string name, string message) => Mistakes.Add((Peek(name) ?? Node).Line, Key(name), message);

    public bool Has(string name) => Peek(name) is not null;

    /// <summary>A member, which is known from now on.</summary>
    public ProfileNode? Find(string name)
    {
        _known.Add(name);
        return Peek(name);
    }

    public ProfileNode? Required(string name, string whatItIs)
    {
        ProfileNode? node = Find(name);
        // An object that is none has had its sentence.
        if (node is null && Node.Kind == NodeKind.Object) Fail(name, $"is missing: {whatItIs}");
        return node;
    }

    public string? Text(string name) => Find(name)?.AsText(Mistakes);

    public string RequiredText(string name, string whatItIs) => Required(name, whatItIs)?.AsText(Mistakes) ?? "";

    public int? Whole(string name, int least, int most) => Find(name)?.AsWhole(Mistakes, least, most);

    public int RequiredWhole(string name, string whatItIs, int least, int most) => Required(name, whatItIs)?.AsWhole(Mistakes, least, most) ?? least;

    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct => Find(name)?.AsChoice(Mistakes, choices);

    public IReadOnlyList<string> Texts(string name) => Find(name)?.AsTexts(Mistakes) ?? [];

    public IReadOnlyList<int> Wholes(string name, int least, int most) => Find(name)?.AsWholes(Mistakes, least, most) ?? [];

    public ProfileObject? Object(string name) => Find(name) is { } node ? new(node, Mistakes) : null;

    /// <summary>The objects of a list; none when it is not there.</summary>
    public IEnumerable<ProfileObject> Objects(string name) => (Find(name)?.AsList(Mistakes) ?? []).Select(item => new ProfileObject(item, Mistakes));

    /// <summary>The members of an object whose names the profile chooses.</summary>
    public IReadOnlyList<ProfileNode> Members() => Node.Kind == NodeKind.Object ? Node.Children : [];

    /// <summary>A key that is known, but not wanted here.</summary>
    public void Unwanted(string name, string why)
    {
        if (Find(name) is { } node) Mistakes.Add(node, why);
    }

    /// <summary>Names every key that was not asked for. Call it last.</summary>
    public void Close()
    {
        foreach (ProfileNode member in Members().Where(member => !_known.Contains(member.Name)))
        {
            Mistakes.Add(member, $"is no known key; {Spelling.Hint(member.Name, _known)}");
        }
    }

    private ProfileNode? Peek(string name) => Node.Children.FirstOrDefault(child => child.Name == name && Node.Kind == NodeKind.Object);
}
