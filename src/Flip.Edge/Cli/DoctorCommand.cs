using System.CommandLine;
using System.Globalization;
using Flip.Edge.Doctor;

namespace Flip.Edge.Cli;

/// <summary><c>flip-edge doctor</c>: collects what support needs into one file.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Option<string?> output = new("--output") { HelpName = "FILE", Description = "the file to make [default: flip-edge-doctor-TIME.tar.gz here]" };
        Option<string?> config = ConfigOptions.File();
        Command command = new("doctor", "collect what support needs into one file, without secrets; only reads") { output, config };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            // System.CommandLine listens for Ctrl-C only once a command has given way for the first time.
            await Task.Yield();
            string now = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            string path = parsed.GetValue(output) ?? $"flip-edge-doctor-{now}.tar.gz";
            if (Unusable(path) is { } why)
            {
                await Wrapped.WriteErrorAsync(console.Error, why);
                return ExitCodes.Usage;
            }

            path = Path.GetFullPath(path);

            try
            {
                await new DoctorRun(console.Output, TimeProvider.System).WriteAsync(path, parsed.GetValue(config), cancellationToken);
                foreach (string line in DoctorRun.Contents) await Wrapped.WriteAsync(console.Output, line, 2);
                await Wrapped.WriteAsync(console.Output, $"Made {path}, for your eyes only (mode 0600): look into it before you send it.", 2);
                return ExitCodes.Done;
            }
            catch (Exception failed) when (failed is (IOException and not OutputLostException) or UnauthorizedAccessException)
            {
                await Wrapped.WriteErrorAsync(console.Error, $"{path} can't be written, and there is no bundle: {failed.Message.TrimEnd('.')}. Name another place with --output");
                return ExitCodes.Failed;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await Wrapped.WriteErrorAsync(console.Error, $"It was broken off; {path} is not whole.");
                return ExitCodes.Interrupted;
            }
        });
        return command;
    }

    // What is there is never written into: whoever can make a link here would choose the file that root writes.
    private static string? Unusable(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal)) return "--output is empty or no path: name the file to make";
        path = Path.GetFullPath(path);
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path)) return $"{path} is a directory: name the file to make with --output, as in {Path.Combine(path, "flip-edge.tar.gz")}";
        if (new FileInfo(path).LinkTarget is { } target) return $"{path} is a link to {target}, and is left alone: name another file with --output";
        if (File.Exists(path)) return $"{path} exists, and is left alone: name another file with --output";
        return Directory.Exists(Path.GetDirectoryName(path)) ? null : $"there is no directory {Path.GetDirectoryName(path)}: make it, or name another file with --output";
    }
}
