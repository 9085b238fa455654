using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Flip.Edge.Cli;

/// <summary>The three that each process has, and that a caller can leave closed: <c>flip-edge run >&amp;-</c>.</summary>
internal static partial class StandardStreams
{
    /// <summary>Their numbers.</summary>
    public const int Input = 0, Output = 1, Error = 2;

    private const int GetFlags = 1, ReadOnly = 0, ReadWrite = 2;
    private const nuint GetWindowSize = 0x5413; // TIOCGWINSZ, on x64 and arm64

    // Of a serial console, which tells none.
    private const int UsualWidth = 80;

    /// <summary>
    /// Opens /dev/null in the place of each that is closed. Otherwise .NET fails to write, and the next file that is opened gets the number: a
    /// message would go into the database.
    /// </summary>
    /// <param name="mayBeUnheard">
    /// Whether nobody may listen to standard output, as with the daemon. Else it is opened so that writing fails, and the command says that what it was asked for
    /// is lost; a closed standard error is how a shell is told that nobody wants to hear.
    /// </param>
    public static void Complete(bool mayBeUnheard)
    {
        for (int stream = Input; stream <= Error; stream++)
        {
            // The lowest free number is given, which is this one.
            if (Control(stream, GetFlags) == -1) _ = Open("/dev/null", stream == Output && !mayBeUnheard ? ReadOnly : ReadWrite);
        }
    }

    /// <summary>The columns of the terminal that a stream goes to; null where it goes elsewhere.</summary>
    public static int? WidthOf(int stream)
    {
        WindowSize size = default;
        return Ask(stream, GetWindowSize, ref size) == -1 ? null : size.Columns == 0 ? UsualWidth : size.Columns;
    }

    /// <summary>Standard input by its number: <see cref="Console.In"/> brings its own keyboard along, 50 kB of the binary.</summary>
    /// <exception cref="IOException">It is closed.</exception>
    public static FileStream OpenInput()
    {
        // The runtime opens it for itself before the first line of ours, and gets the lowest number that is free. It goes on for ever.
        if (new FileInfo($"/proc/self/fd/{Input}").LinkTarget == "/dev/urandom") throw new IOException("standard input is closed");
        return new(new SafeFileHandle(Input, ownsHandle: false), FileAccess.Read, bufferSize: 0);
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int file, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Ask(int file, nuint request, ref WindowSize size);

    /// <summary><c>struct winsize</c>.</summary>
    private struct WindowSize
    {
        public ushort Rows, Columns, Width, Height;
    }
}
