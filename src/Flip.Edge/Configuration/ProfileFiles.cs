using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Configuration;

/// <summary>Where profiles are, beside those built in.</summary>
internal static class ProfileFiles
{
    public const string DefaultDirectory = "/etc/flip-edge/profiles.d";

    /// <summary>For a command without a configuration: the profiles that the daemon of this machine has.</summary>
    public static ProfileCatalog Load() => ConfigurationFiles.Load(null, [], TimeZoneInfo.Local).Settings?.Profiles ?? ProfileCatalog.Load(DefaultDirectory);

    /// <summary>For a command with <c>--profiles</c>: the directory that a person named has to be there.</summary>
    /// <param name="directory">The directory, or null for that of the default configuration.</param>
    /// <param name="catalog">The profiles; those built in when something is wrong.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryLoad(string? directory, out ProfileCatalog catalog)
    {
        bool isThere = directory is null || Directory.Exists(directory);
        catalog = directory is null ? Load() : isThere ? ProfileCatalog.Load(directory) : ProfileCatalog.Embedded;
        string file = File.Exists(directory) ? "; it is a file: name the directory it is in, or flip-edge profiles show FILE" : "";
        return isThere ? null : $"--profiles is \"{directory}\", and there is no such directory{file}";
    }
}
