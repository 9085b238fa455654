namespace Flip.Edge.Logs;

/// <summary>Whether systemd has connected standard error to the journal (systemd.exec(5), <c>$JOURNAL_STREAM</c>).</summary>
internal static class JournalStream
{
    /// <summary>Of this process.</summary>
    public static bool IsStandardError() => IsStandardError(Environment.GetEnvironmentVariable("JOURNAL_STREAM"), "/proc/self/fd/2");

    /// <summary>
    /// The variable names device and inode of the journal's stream, and is inherited: only where standard error is that stream was it meant for
    /// this process, and not for the one that started it.
    /// </summary>
    /// <param name="variable">The variable's value.</param>
    /// <param name="standardError">The link to what standard error is; a socket's leads to <c>socket:[INODE]</c>, as all sockets are on one device.</param>
    public static bool IsStandardError(string? variable, string standardError)
    {
        if (variable?.Split(':') is not [_, { Length: > 0 } inode]) return false;
        try
        {
            return new FileInfo(standardError).LinkTarget == $"socket:[{inode}]";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Without /proc nobody can tell; then the console's form is right for either.
            return false;
        }
    }
}
