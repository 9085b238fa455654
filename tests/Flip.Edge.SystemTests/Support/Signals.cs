using System.Diagnostics;
using System.Globalization;

namespace Flip.Edge.SystemTests.Support;

/// <summary>
/// Tests that were started in the background or under nohup ignore SIGINT or SIGHUP, and whatever they start inherits that. A person's
/// terminal does not.
/// </summary>
internal static class Signals
{
    private const ulong HangUp = 1 << 0, Interrupt = 1 << 1;

    /// <summary>The same program, hearing both signals; unchanged where they are heard anyway.</summary>
    public static ProcessStartInfo Heard(ProcessStartInfo start)
    {
        string ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim();
        if ((ulong.Parse(ignored, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (HangUp | Interrupt)) == 0) return start;
        start.ArgumentList.Insert(0, "--default-signal=INT,HUP");
        start.ArgumentList.Insert(1, start.FileName);
        start.FileName = "env"; // of GNU coreutils; it replaces itself, so that the process id is the program's
        return start;
    }
}
