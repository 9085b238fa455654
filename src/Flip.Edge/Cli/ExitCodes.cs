namespace Flip.Edge.Cli;

/// <summary>What the exit code means, for scripts.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int DeviceNotReadable = 3;
    public const int NeedsAttention = 4;

    /// <summary>Broken off by Ctrl-C with nothing to show, as a shell counts it: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;
}
