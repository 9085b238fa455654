using System.Reflection;

namespace Flip.Edge.Status;

/// <summary>
/// What this program was built from: <c>0.1.0+1a2b3c4d5e6f</c>, which <c>flip-edge --version</c> tells too. The commit comes from
/// deploy/publish.sh; an ordinary build has none, and <c>.dirty</c> at its end means that something else was built than the commit (decision 27).
/// </summary>
internal static class BuildVersion
{
    /// <summary>Version and commit.</summary>
    public static string Whole { get; } =
        typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>The version alone, for whatever counts or compares versions.</summary>
    public static string Version { get; } = Parts(Whole).Version;

    /// <summary>The commit, 12 digits; null where the build was given none.</summary>
    public static string? Commit { get; } = Parts(Whole).Commit;

    internal static (string Version, string? Commit) Parts(string whole) => whole.Split('+', 2) is [var version, var commit] ? (version, commit) : (whole, null);
}
