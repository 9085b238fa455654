using Flip.Edge.Configuration;

namespace Flip.Edge.Logs;

/// <summary>Which lines are logged. A reload changes it at once.</summary>
internal sealed class LogLevels(LoggingSettings settings)
{
    // What the libraries have to say is of use to us and not to an operator.
    private const string Libraries = "Microsoft";

    // Why a start failed is told by the command, in a sentence; what ends a running host is critical.
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    private volatile LoggingSettings _settings = settings;

    public void Use(LoggingSettings settings) => _settings = settings;

    /// <summary>Whether a line is logged. The longest configured name that the category begins with decides.</summary>
    /// <param name="category">Full name of a type; null counts as none that is configured.</param>
    /// <param name="level">The line's level.</param>
    public bool Allows(string? category, LogLevel level)
    {
        LoggingSettings now = _settings;
        LogLevel least = (LogLevel)now.Level;
        int longest = 0;
        if (category is not null && IsWithin(category, Libraries))
        {
            longest = Libraries.Length;
            if (least < LogLevel.Warning) least = LogLevel.Warning;
            if (IsWithin(category, Host)) (longest, least) = (Host.Length, LogLevel.Critical);
        }

        foreach ((string name, LogThreshold threshold) in now.Categories)
        {
            if (category is null || name.Length < longest || !IsWithin(category, name)) continue;
            longest = name.Length;
            least = (LogLevel)threshold;
        }

        return level >= least;
    }

    private static bool IsWithin(string category, string name) =>
        category.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (category.Length == name.Length || category[name.Length] == '.');
}
