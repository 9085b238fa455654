using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Storage;

/// <summary>Files that are either the old ones or the new ones after a power cut, never something between.</summary>
internal static partial class DurableFile
{
    // The same on x64 and arm64, which O_DIRECTORY is not.
    private const int ReadOnly = 0, CloseOnExec = 0x80000;

    /// <summary>
    /// Replaces a file: written beside it, flushed, renamed over it, and the directory flushed, because a rename is on the disk
    /// only with its directory (man 2 fsync).
    /// </summary>
    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory belongs to somebody else.</exception>
    public static void Replace(string file, ReadOnlySpan<byte> content)
    {
        string beside = file + ".new";
        FileStreamOptions options = new()
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (FileStream stream = new(beside, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        PowerCut.Step("before the mirror takes its place");
        File.Move(beside, file, overwrite: true);
        PowerCut.Step("after the mirror has taken its place");
        FlushDirectory(Path.GetDirectoryName(file)!);
    }

    /// <summary>Puts renames in a directory on the disk.</summary>
    /// <exception cref="IOException">The directory can't be opened.</exception>
    public static void FlushDirectory(string directory)
    {
        // File.OpenHandle refuses directories.
        using SafeFileHandle handle = new(Open(directory, ReadOnly | CloseOnExec), ownsHandle: true);
        if (handle.IsInvalid) throw new IOException($"{directory} can't be flushed: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);
}
