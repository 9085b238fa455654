using Flip.Edge.Devices.Profiles.Files;

namespace Flip.Edge.Devices.Profiles;

/// <summary>Reads and checks a profile's JSON in one go. The format is told in <c>docs/profiles.md</c>.</summary>
public static class ProfileFile
{
    /// <summary>The most bytes that a profile may have.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>The name that asks for probing; no profile can have it.</summary>
    public const string ReservedName = "auto";

    /// <summary>The profile that any SunSpec device is read with that has none of its own.</summary>
    public const string SunSpecName = "sunspec";

    /// <summary>The profile with everything resolved that the file leaves to defaults, or null when there are mistakes.</summary>
    /// <param name="utf8">The file's bytes, with or without a byte order mark.</param>
    /// <param name="mistakes">Every mistake, in the order of the file.</param>
    public static DeviceProfile? Read(ReadOnlySpan<byte> utf8, out IReadOnlyList<ProfileMistake> mistakes) => Read(utf8, null, out mistakes);

    /// <summary>The profile in a file of the disk. A file that can't be read is a mistake, and no exception.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="mistakes">Every mistake, in the order of the file.</param>
    public static DeviceProfile? ReadFrom(string path, out IReadOnlyList<ProfileMistake> mistakes)
    {
        (DeviceProfile? profile, mistakes) = ProfileOnDisk.Read(path);
        return profile;
    }

    /// <summary>The profile, which has to be called as its file is.</summary>
    /// <param name="utf8">The file's bytes, with or without a byte order mark.</param>
    /// <param name="fileName">The file's name with <c>.json</c>, or null when there is no file.</param>
    /// <param name="mistakes">Every mistake, in the order of the file.</param>
    public static DeviceProfile? Read(ReadOnlySpan<byte> utf8, string? fileName, out IReadOnlyList<ProfileMistake> mistakes)
    {
        ProfileMistakes found = new();
        DeviceProfile? profile = null;
        if (utf8.Length > MostBytes) found.Add(1, "", FormattableString.Invariant($"has more than {MostBytes} bytes"));
        else if (ProfileNodes.Read(utf8, found) is { } root) profile = WholeProfile.Read(new(root, found), fileName);
        mistakes = found.All;
        return found.Count == 0 ? profile : null;
    }
}
