namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>What every section needs of the others.</summary>
/// <param name="Map">How the registers are laid out.</param>
/// <param name="Evidence">Sources and their defaults.</param>
/// <param name="Units">Unit ids by role.</param>
/// <param name="Mistakes">Where mistakes go.</param>
internal sealed record ProfileContext(
    ProfileMap Map, EvidenceReader Evidence, IReadOnlyDictionary<string, IReadOnlyList<byte>> Units, ProfileMistakes Mistakes)
{
    /// <summary>The points, once they are read.</summary>
    public IReadOnlyDictionary<string, ProfilePoint> Points { get; init; } = new Dictionary<string, ProfilePoint>();

    /// <summary>The tables, once they are read.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<long, string>> Tables { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<long, string>>();

    /// <summary>The batteries, once they are read.</summary>
    public ProfileBatteries? Batteries { get; init; }

    /// <summary>Whether a SunSpec directory lists batteries behind the device.</summary>
    public bool HasParts { get; init; }

    /// <summary>Names of points, tables and roles that something refers to.</summary>
    public HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>The point that a node names, or null when there is none.</summary>
    public ProfilePoint? Point(ProfileNode? node)
    {
        if (node?.AsText(Mistakes) is not { } name) return null;
        Used.Add(PointUse(name));
        if (Points.TryGetValue(name, out ProfilePoint? point)) return point;
        Mistakes.Add(node, $"{node.Found}, and points has no such name; {Spelling.Hint(name, Points.Keys)}");
        return null;
    }

    /// <summary>The table that a node names, or null when there is none.</summary>
    public IReadOnlyDictionary<long, string>? Table(ProfileNode? node)
    {
        if (node?.AsText(Mistakes) is not { } name) return null;
        Used.Add(TableUse(name));
        if (Tables.TryGetValue(name, out IReadOnlyDictionary<long, string>? table)) return table;
        Mistakes.Add(node, $"{node.Found}, and tables has no such name; {Spelling.Hint(name, Tables.Keys)}");
        return null;
    }

    public static string PointUse(string name) => $"point {name}";

    public static string TableUse(string name) => $"table {name}";

    public static string RoleUse(string name) => $"role {name}";
}
