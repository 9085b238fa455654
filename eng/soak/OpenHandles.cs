namespace Flip.Edge.Soak;

/// <summary>What a process has open, as a soak counts it.</summary>
internal static class OpenHandles
{
    /// <summary>Descriptors without those of .NET's assemblies: one that is first needed after a thousand reconnects stays open and is no leak.</summary>
    public static int Of(int process) =>
        new DirectoryInfo($"/proc/{process}/fd").EnumerateFiles().Count(open => open.LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) != true);
}
