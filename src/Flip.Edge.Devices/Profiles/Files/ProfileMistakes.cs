namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>Collects every mistake of one file, so that nobody mends one to meet the next.</summary>
internal sealed class ProfileMistakes
{
    private readonly List<ProfileMistake> _found = [];

    public int Count => _found.Count;

    /// <summary>All of them, in the order of the file.</summary>
    public IReadOnlyList<ProfileMistake> All => [.. _found.OrderBy(mistake => mistake.Line)];

    public void Add(ProfileNode node, string message) => Add(node.Line, node.Key, message);

    public void Add(int line, string key, string message)
    {
        // One key is often looked at from two sides; the first sentence is the better one.
        if (!_found.Exists(mistake => mistake.Line == line && mistake.Key == key)) _found.Add(new(line, key, message));
    }
}
