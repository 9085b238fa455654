using System.Diagnostics;
using Flip.Edge.Simulator.Demo;

namespace Flip.Edge.KillLoop.Plans;

/// <summary>What this daemon can be told that an older one can't.</summary>
/// <param name="Timeout">How long one request to Flip may take, where <c>Flip:Timeout</c> is known; else null, and 30 s it is.</param>
internal sealed record Abilities(TimeSpan? Timeout)
{
    private const string Key = "Flip:Timeout";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>Asks the daemon itself.</summary>
    /// <exception cref="IOException">It can't be started.</exception>
    public static async Task<Abilities> AskAsync(CancellationToken cancellationToken)
    {
        string empty = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(empty, "{}", cancellationToken);
            ProcessStartInfo command = DaemonBinary.Command("config", "check", "--config", empty, "--set", $"{Key}={Shortest:c}");
            command.RedirectStandardOutput = command.RedirectStandardError = true;
            using Process process = Process.Start(command) ?? throw new IOException($"{command.FileName} can't be started");
            string output = await process.StandardOutput.ReadToEndAsync(cancellationToken) + await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);

            // It names every key that is wrong, and so this one only where it does not know it.
            return new(output.Contains(Key, StringComparison.Ordinal) ? null : Shortest);
        }
        finally
        {
            File.Delete(empty);
        }
    }
}
