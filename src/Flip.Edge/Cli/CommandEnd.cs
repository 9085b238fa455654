namespace Flip.Edge.Cli;

/// <summary>The last words of a command that can't say what it was asked for.</summary>
internal static class CommandEnd
{
    /// <summary>Says on standard error that standard output is lost, in one sentence.</summary>
    public static async Task TellAsync(OutputLostException lost)
    {
        try
        {
            await Console.Error.WriteLineAsync(lost.Message);
        }
        catch (OutputLostException)
        {
            // Standard error is lost too: the exit code has to tell it.
        }
    }
}
