namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>The profiles of one directory, and the files that are none.</summary>
/// <param name="Profiles">The good ones, by name.</param>
/// <param name="Wrong">The others.</param>
internal sealed record ProfileDirectory(IReadOnlyDictionary<string, DeviceProfile> Profiles, IReadOnlyList<WrongProfile> Wrong)
{
    public static readonly ProfileDirectory Empty = new(new Dictionary<string, DeviceProfile>(), []);

    /// <summary>Reads every <c>*.json</c> that is not hidden. A directory that does not exist is an empty one.</summary>
    public static ProfileDirectory Read(string directory)
    {
        if (File.Exists(directory)) return Empty with { Wrong = [new(directory, [new(1, "", "is a file, and has to be a directory of profiles")])] };
        string[] paths;
        try
        {
            paths = [.. Directory.EnumerateFileSystemEntries(directory, "*.json").Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return Empty;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Empty with { Wrong = [new(directory, [new(1, "", $"can't be read: {unreadable.Message}")])] };
        }

        Dictionary<string, DeviceProfile> profiles = new(StringComparer.Ordinal);
        List<WrongProfile> wrong = [];
        foreach (string path in paths)
        {
            (DeviceProfile? profile, IReadOnlyList<ProfileMistake> mistakes) = ProfileOnDisk.Read(path);
            if (profile is not null) profiles[profile.Name] = profile;
            else wrong.Add(new(path, mistakes));
        }

        return new(profiles, wrong);
    }
}
