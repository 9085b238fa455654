using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Configuration;

/// <summary>Where profiles are, beside those built in.</summary>
internal static class ProfileFiles
{
    public const string DefaultDirectory = "/etc/flip-edge/profiles.d";

    /// <summary>For a command without a configuration: the profiles that the daemon of this machine has.</summary>
    /// <param name="directory">The directory that a person named, or null for that of the default configuration.</param>
    public static ProfileCatalog Load(string? directory = null) => directory is not null
        ? ProfileCatalog.Load(directory)
        : ConfigurationFiles.Load(null, [], TimeZoneInfo.Local).Settings?.Profiles ?? ProfileCatalog.Load(DefaultDirectory);
}
