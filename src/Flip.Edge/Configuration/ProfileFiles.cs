using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Configuration;

/// <summary>Where profiles are, beside those built in.</summary>
internal static class ProfileFiles
{
    public const string Directory = "/etc/flip-edge/profiles.d";

    /// <summary>Those built in, and those of the directory, which need not exist.</summary>
    public static ProfileCatalog Load() => ProfileCatalog.Load(Directory);
}
