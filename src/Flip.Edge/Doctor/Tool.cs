using System.ComponentModel;
using System.Diagnostics;

namespace Flip.Edge.Doctor;

/// <summary>Runs a tool of the system that only looks.</summary>
internal static class Tool
{
    private const int MostCharacters = 256 * 1024;

    /// <summary>The command and what it said; or, where there is no such tool, that.</summary>
    public static async Task<string> RunAsync(string tool, string[] arguments, CancellationToken cancellationToken)
    {
        string line = $"$ {tool} {string.Join(' ', arguments)}\n";
        ProcessStartInfo start = new(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["LC_ALL"] = "C";
        start.Environment["SYSTEMD_PAGER"] = "cat";
        Process? process = null;
        try
        {
            process = Process.Start(start) ?? throw new PartUnavailableException($"{tool} could not be started");
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken), errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            string said = await output + await errors;
            return line + (said.Length <= MostCharacters ? said : $"(the first {said.Length - MostCharacters} characters are left out)\n{said[^MostCharacters..]}");
        }
        catch (Win32Exception missing)
        {
            return $"{line}{missing.Message}\n";
        }
        finally
        {
            // One that hangs is not left behind.
            if (process is { HasExited: false }) process.Kill();
            process?.Dispose();
        }
    }
}
