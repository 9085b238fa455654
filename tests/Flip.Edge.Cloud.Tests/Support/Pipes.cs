using System.Diagnostics;

namespace Flip.Edge.Cloud.Tests;

internal static class Pipes
{
    /// <summary>Makes a FIFO that nobody writes into.</summary>
    public static void Make(string path)
    {
        using Process made = Process.Start("mkfifo", ["--mode=600", path]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
    }
}
