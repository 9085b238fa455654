using System.Diagnostics;
using Flip.Edge.Engineering;

namespace Flip.Edge.Tests.Support;

/// <summary>The functions of deploy/lib.sh, by which packages are made.</summary>
internal static class DeployLibrary
{
    /// <summary>Runs a bash script that may call them.</summary>
    /// <param name="directory">Where it runs.</param>
    /// <param name="script">The script; the first command that fails ends it.</param>
    /// <returns>Its exit code, and all that it wrote.</returns>
    public static (int Code, string Output) Run(string directory, string script)
    {
        ProcessStartInfo start = new("bash", ["-c", $"exec 2>&1; set -euo pipefail; . '{Repository.Root}/deploy/lib.sh'; {script}"])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            Environment = { ["SOURCE_DATE_EPOCH"] = "1763900000" },
        };
        using Process bash = Process.Start(start)!;
        string output = bash.StandardOutput.ReadToEnd().Trim();
        bash.WaitForExit();
        return (bash.ExitCode, output);
    }
}
