using System.Runtime.InteropServices;

namespace Flip.Edge.Tests.Support;

/// <summary>A FIFO, which stands in for an input device: the same bytes come out of it.</summary>
internal sealed partial class Fifo : IDisposable
{
    private readonly TempDirectory _directory = new();

    public Fifo()
    {
        Path = _directory.File("event");
        At(Path);
    }

    /// <summary>Makes one, which is its directory's to delete.</summary>
    public static void At(string path) => Assert.Equal(0, Make(path, Convert.ToUInt32("600", 8)));

    public string Path { get; }

    /// <summary>Deletes it and makes it anew, as a script does that cleans up first.</summary>
    public void Replace()
    {
        File.Delete(Path);
        Assert.Equal(0, Make(Path, Convert.ToUInt32("600", 8)));
    }

    /// <summary>Opens it for writing, as one program would, and closes it again.</summary>
    public void Write(params byte[][] records)
    {
        using FileStream stream = new(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        foreach (byte[] record in records) stream.Write(record);
    }

    /// <summary>Presses a key and lets it go, on the clock of the records.</summary>
    public void Press(ushort key, double from, double to)
    {
        InputEvents events = InputEvents.OfThisMachine;
        Write(events.Key(key, 1, from), events.Report(from), events.Key(key, 0, to), events.Report(to));
    }

    public void Dispose() => _directory.Dispose();

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Make(string path, uint mode);
}
