namespace Flip.Edge.Supervision;

/// <summary>The wait before a start that follows others in vain.</summary>
internal static class PacedStart
{
    // systemd gives a start this long, and the daemon needs a fraction of a second of it.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>Waits as long as is due, and says so.</summary>
    /// <returns>False when the daemon was told to end meanwhile.</returns>
    public static async Task<bool> WaitAsync(RestartPace pace, ServiceNotices systemd, TextWriter errors, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            TimeSpan wait = pace.Begin();
            if (wait > TimeSpan.Zero)
            {
                string sentence = $"flip-edge has ended {pace.QuickEnds} times in a row soon after its start, and starts again in {wait.TotalSeconds:0} s; the log says why it ended";
                await errors.WriteLineAsync(sentence);
                systemd.StartTakes(wait + Margin, sentence);
                await Task.Delay(wait, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            EndInOrder(pace, errors);
            return false;
        }
        catch (Exception unkept) when (unkept is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"how often flip-edge ends soon after its start can't be counted, and it starts at once each time: {unkept.Message}");
        }

        return true;
    }

    /// <summary>The daemon was told to end, and does.</summary>
    public static void EndInOrder(RestartPace pace, TextWriter errors)
    {
        try
        {
            pace.EndedInOrder();
        }
        catch (Exception unkept) when (unkept is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"the count of quick ends can't be reset, and the next start may wait: {unkept.Message}");
        }
    }
}
