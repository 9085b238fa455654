using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Flip.Edge.Doctor;

/// <summary>
/// The file for support: a <c>.tar.gz</c> that only its owner may read. Everything that goes in passes the mask. It is put together in memory, some
/// hundred kB, and written at the end, so that a disk that is full leaves no half of a bundle behind.
/// </summary>
internal sealed class DoctorBundle : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // In bytes: the archive has 100 for a directory and the name in it.
    private const int LongestDirectory = 60;

    private readonly string _directory;
    private readonly DateTimeOffset _now;
    private readonly SecretMask _mask;
    private readonly string _path;
    private readonly FileStream _file;
    private readonly MemoryStream _content = new();
    private readonly TarWriter _tar;

    /// <summary>Creates the file, empty: whether that can be is known before a person waits.</summary>
    /// <param name="path">Where; nothing may be there, and a link neither.</param>
    /// <param name="now">The time of its members.</param>
    /// <param name="mask">Takes out what must not be in it.</param>
    /// <exception cref="IOException">It exists, or can't be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be created.</exception>
    public DoctorBundle(string path, DateTimeOffset now, SecretMask mask)
    {
        (_path, _now, _mask) = (path, now, mask);
        string name = Path.GetFileName(path);
        string stem = name.EndsWith(".tar.gz", StringComparison.Ordinal) ? name[..^".tar.gz".Length] : "";
        _directory = Encoding.UTF8.GetByteCount(stem) is > 0 and <= LongestDirectory ? stem : "flip-edge-doctor";
        _file = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly, BufferSize = 0 });
        _tar = new(new GZipStream(_content, CompressionLevel.Optimal, leaveOpen: true), TarEntryFormat.Ustar);
    }

    /// <summary>Adds a member. It is written to memory: nothing is there to wait for, and the asynchronous way would cost 80 kB of the binary.</summary>
    /// <param name="name">Its file's name; <c>.json</c> has its keys left as they are.</param>
    /// <param name="content">UTF-8.</param>
    /// <param name="isOwnText">Whether it quotes nobody: then only secrets are looked for.</param>
    public void Add(string name, byte[] content, bool isOwnText = false)
    {
        string text = Encoding.UTF8.GetString(content);
        byte[] masked = Encoding.UTF8.GetBytes(
            isOwnText ? _mask.ApplyToOwnText(text) : name.EndsWith(".json", StringComparison.Ordinal) ? _mask.ApplyToJson(text) : _mask.Apply(text));
        UstarTarEntry entry = new(TarEntryType.RegularFile, $"{_directory}/{name}") { Mode = OwnerOnly, ModificationTime = _now, DataStream = new MemoryStream(masked) };
        _tar.WriteEntry(entry);
    }

    /// <summary>Writes the file with what was added; nothing can be added after it.</summary>
    /// <exception cref="IOException">It can't be written, and is gone again.</exception>
    public void Save()
    {
        _tar.Dispose();
        try
        {
            _content.WriteTo(_file);
            _file.Flush(flushToDisk: true);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            _file.Dispose();
            File.Delete(_path);
            throw;
        }
    }

    public void Dispose()
    {
        _tar.Dispose();
        _file.Dispose();
    }
}
