using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Configuration;

/// <summary>Names the profiles that are left out: none of them stops the daemon.</summary>
internal static partial class WrongProfiles
{
    // A file that is no profile at all has hundreds.
    private const int MostForEachFile = 10;

    /// <summary><c>FILE:LINE: KEY: message</c> of each mistake.</summary>
    public static IEnumerable<string> Lines(ProfileCatalog profiles) => profiles.Wrong.SelectMany(wrong => wrong.Mistakes.Select(mistake => $"{wrong.Path}:{mistake}"));

    public static void Log(ILogger log, ProfileCatalog profiles)
    {
        foreach (WrongProfile wrong in profiles.Wrong)
        {
            foreach (ProfileMistake mistake in wrong.Mistakes.Take(MostForEachFile)) LogWrong(log, wrong.Path, mistake.ToString());
            if (wrong.Mistakes.Count > MostForEachFile) LogMore(log, wrong.Path, wrong.Mistakes.Count);
        }
    }

    [LoggerMessage(110, LogLevel.Warning, "The profile {Path} is left out: {Mistake}")]
    private static partial void LogWrong(ILogger log, string path, string mistake);

    [LoggerMessage(111, LogLevel.Warning, "The profile {Path} has {Count} mistakes: flip-edge profiles check tells all")]
    private static partial void LogMore(ILogger log, string path, int count);
}
