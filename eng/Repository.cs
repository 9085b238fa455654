namespace Flip.Edge.Engineering;

/// <summary>Where the files of this repository are. Not by <c>[CallerFilePath]</c>, which a deterministic build (CI=true) maps away.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution, above the running program.</summary>
    /// <exception cref="DirectoryNotFoundException">The program does not run from within the repository.</exception>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    private static string Above(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Flip.Edge.sln"))) return at.FullName;
        }

        throw new DirectoryNotFoundException($"There is no Flip.Edge.sln above {folder}: run this from a checkout.");
    }
}
