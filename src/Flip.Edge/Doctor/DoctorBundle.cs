using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Flip.Edge.Doctor;

/// <summary>The file for support: a <c>.tar.gz</c> that only its owner may read. Everything that goes in passes the mask.</summary>
internal sealed class DoctorBundle : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _directory;
    private readonly DateTimeOffset _now;
    private readonly SecretMask _mask;
    private readonly TarWriter _tar;

    /// <summary>Creates the file.</summary>
    /// <param name="path">Where; it must not exist.</param>
    /// <param name="now">The time of its members.</param>
    /// <param name="mask">Takes out what must not be in it.</param>
    /// <exception cref="IOException">It exists, or can't be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be created.</exception>
    public DoctorBundle(string path, DateTimeOffset now, SecretMask mask)
    {
        (_now, _mask) = (now, mask);
        string name = Path.GetFileName(path);
        _directory = name.EndsWith(".tar.gz", StringComparison.Ordinal) ? name[..^".tar.gz".Length] : "flip-edge-doctor";
        FileStream file = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        _tar = new(new GZipStream(file, CompressionLevel.Optimal), TarEntryFormat.Ustar);
    }

    /// <summary>Adds a member.</summary>
    public async Task AddAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        byte[] masked = Encoding.UTF8.GetBytes(_mask.Apply(Encoding.UTF8.GetString(content)));
        UstarTarEntry entry = new(TarEntryType.RegularFile, $"{_directory}/{name}") { Mode = OwnerOnly, ModificationTime = _now, DataStream = new MemoryStream(masked) };
        await _tar.WriteEntryAsync(entry, cancellationToken);
    }

    public ValueTask DisposeAsync() => _tar.DisposeAsync();
}
