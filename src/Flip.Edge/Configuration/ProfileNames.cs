using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Configuration;

/// <summary>What is wrong with a profile's name that somebody typed.</summary>
internal static class ProfileNames
{
    /// <summary>Why a device can't be read with it, as the rest of a sentence; null when it can.</summary>
    public static string? Wrong(string name, ProfileCatalog profiles)
    {
        if (Unknown(name, profiles) is { } unknown) return unknown;
        return name != ProfileFile.ReservedName && profiles.Find(name) is { Map: ProfileMap.None } family ? $"is \"{name}\", which can't be read: {family.NoModbus}" : null;
    }

    /// <summary>Why there is no such profile, as the rest of a sentence; null when there is, or when it asks for probing.</summary>
    public static string? Unknown(string name, ProfileCatalog profiles)
    {
        if (name == ProfileFile.ReservedName || profiles.Find(name) is not null) return null;
        if (profiles.Wrong.FirstOrDefault(wrong => Path.GetFileName(wrong.Path) == $"{name}.json") is { } file)
        {
            return $"is \"{name}\", and {file.Path} has mistakes: see flip-edge profiles check {file.Path}";
        }

        IReadOnlyList<string> near = Spelling.Near(name, profiles.Names);
        string hint = near.Count > 0 ? $"did you mean {string.Join(" or ", near)}?" : "see flip-edge profiles list";
        return $"is \"{name}\", and has to be {ProfileFile.ReservedName} or the name of a profile; {hint}";
    }
}
