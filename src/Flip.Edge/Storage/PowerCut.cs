using System.Globalization;
using System.Runtime.InteropServices;

namespace Flip.Edge.Storage;

/// <summary>
/// A power cut on order, for tests of the released binary: with the environment variable <c>FLIPEDGE_POWER_CUT_AT=n</c> the process
/// kills itself at the n-th step that it takes, without unwinding, flushing or saying good-bye. Without the variable a step is one
/// comparison.
/// </summary>
internal static partial class PowerCut
{
    /// <summary>Not under the configuration's prefix: it is no setting of a gateway.</summary>
    public const string Variable = "FLIPEDGE_POWER_CUT_AT";

    private const int SigKill = 9;

    // What SIGKILL makes of an exit code in a shell, should the signal ever be late.
    private const int KilledExitCode = 128 + SigKill;

    private static readonly int At =
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int step) ? step : 0;

    private static int _steps;

    /// <summary>Whether the variable is set.</summary>
    public static bool IsArmed => At > 0;

    /// <summary>A moment at which the power may go.</summary>
    /// <param name="name">Where this is, for the one line on standard error.</param>
    public static void Step(string name)
    {
        if (At == 0 || Interlocked.Increment(ref _steps) != At) return;
        Console.Error.WriteLine($"power cut at step {At}: {name}");
        _ = Kill(Environment.ProcessId, SigKill);
        Environment.Exit(KilledExitCode);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
