using System.Diagnostics;

namespace Flip.Edge.Tests.Support;

/// <summary>A disk of 256 kB that can be filled and made read-only: a tmpfs of its own. Mounting needs root; without, the test is skipped.</summary>
internal sealed class TinyDisk : IDisposable
{
    private readonly TempDirectory _mountPoint = new();

    public TinyDisk()
    {
        string? refused = Run("mount", "-t", "tmpfs", "-o", "size=256k", "flip-edge-test", _mountPoint.Path);
        if (refused is null) return;
        _mountPoint.Dispose();
        Assert.Skip($"a tmpfs can't be mounted here: {refused}");
    }

    public string Path => _mountPoint.Path;

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Takes the last free byte.</summary>
    public void Fill()
    {
        using FileStream stream = new(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] block = new byte[4096];
        try
        {
            while (true) stream.Write(block);
        }
        catch (IOException)
        {
            // Full: what was asked for.
        }
    }

    public void Free() => File.Delete(Ballast);

    public void SetReadOnly(bool value) => Assert.Null(Run("mount", "-o", value ? "remount,ro" : "remount,rw", Path));

    public void Dispose()
    {
        Run("umount", "-l", Path);
        _mountPoint.Dispose();
    }

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : errors.Trim();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
