using System.ComponentModel;
using System.Diagnostics;

namespace Flip.Edge.Doctor;

/// <summary>Runs a tool of the system that only looks.</summary>
internal static class Tool
{
    private const int MostCharacters = 256 * 1024;

    // Process.Start looks into the current directory before PATH, and root may run doctor in one where everybody can put a program "ls"
    // (dotnet/runtime, Process.Unix.cs, ResolvePath).
    private static readonly string[] Directories = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    /// <summary>The command and what it said; or, where there is no such tool, that.</summary>
    public static async Task<string> RunAsync(string tool, string[] arguments, CancellationToken cancellationToken)
    {
        string line = $"$ {tool} {string.Join(' ', arguments)}\n";
        if (Directories.Select(directory => Path.Combine(directory, tool)).FirstOrDefault(File.Exists) is not { } program) return $"{line}there is no {tool} in {string.Join(", ", Directories)}\n";
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["LC_ALL"] = "C";
        start.Environment["PATH"] = string.Join(':', Directories);
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
