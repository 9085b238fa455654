namespace Flip.Edge.Tests.Support;

/// <summary>A directory that is gone after the test.</summary>
internal sealed class TempDirectory : IDisposable
{
    // Short: a Unix socket's path has 107 bytes.
    public TempDirectory()
        : this(Directory.CreateTempSubdirectory("fe-"))
    {
    }

    private TempDirectory(DirectoryInfo directory) => Path = directory.FullName;

    public string Path { get; }

    /// <summary>In memory, for tests that commit hundreds of times and are about the bytes, not about the disk.</summary>
    public static TempDirectory InMemory() =>
        Directory.Exists("/dev/shm") ? new(Directory.CreateDirectory($"/dev/shm/fe-{Guid.NewGuid():N}")) : new();

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        System.IO.File.WriteAllText(File(name), text);
        System.IO.File.SetUnixFileMode(File(name), mode);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
