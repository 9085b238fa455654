using System.Collections.Concurrent;
using System.IO.Compression;
using System.Reflection;
using Flip.Edge.Devices.Profiles.Files;

namespace Flip.Edge.Devices.Profiles;

/// <summary>A profile that is left out, and why.</summary>
/// <param name="Path">The file.</param>
/// <param name="Mistakes">Every mistake in it.</param>
public sealed record WrongProfile(string Path, IReadOnlyList<ProfileMistake> Mistakes);

/// <summary>
/// The profiles there are: those built in, and those of a directory, which replace a built-in one of their name. A wrong file is never an
/// exception: it is left out, and named in <see cref="Wrong"/>.
/// </summary>
public sealed class ProfileCatalog
{
    private const string Extension = ".json";

    // As the build compresses them: 53 kB of the binary, and not 147.
    private const string Compressed = Extension + ".gz";

    private readonly IReadOnlyDictionary<string, DeviceProfile> _given;
    private readonly IReadOnlyList<WrongProfile> _wrongFiles;
    private readonly ConcurrentDictionary<string, DeviceProfile?> _builtIn;
    private readonly ConcurrentDictionary<string, WrongProfile> _wrongBuiltIn;

    private ProfileCatalog(ProfileDirectory directory, ProfileCatalog? builtIn)
    {
        _given = directory.Profiles;
        _wrongFiles = directory.Wrong;
        _builtIn = builtIn?._builtIn ?? new(StringComparer.Ordinal);
        _wrongBuiltIn = builtIn?._wrongBuiltIn ?? new(StringComparer.Ordinal);
        Names = [.. BuiltInNames().Union(_given.Keys).Order(StringComparer.Ordinal)];
    }

    /// <summary>Those built into the binary. Each is read when it is first asked for.</summary>
    public static ProfileCatalog Embedded { get; } = new(ProfileDirectory.Empty, null);

    /// <summary>Those built in and those of a directory.</summary>
    /// <param name="directory">Where files are looked for; it may be null or not exist.</param>
    public static ProfileCatalog Load(string? directory) =>
        directory is null ? Embedded : new(ProfileDirectory.Read(directory), Embedded);

    /// <summary>The names of all, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The profiles with fixed registers that may be tried unasked, the first to try first.</summary>
    public IReadOnlyList<DeviceProfile> InProbeOrder => field ??=
    [
        .. Names.Select(Find).OfType<DeviceProfile>()
            .Where(profile => profile is { Map: ProfileMap.Registers, ProbeOrder: not null })
            .OrderBy(profile => profile.ProbeOrder).ThenBy(profile => profile.Name, StringComparer.Ordinal),
    ];

    /// <summary>What was left out: files of the directory, and built-in ones that turned out wrong when they were asked for.</summary>
    public IReadOnlyList<WrongProfile> Wrong => [.. _wrongFiles, .. _wrongBuiltIn.Values.OrderBy(wrong => wrong.Path, StringComparer.Ordinal)];

    /// <summary>The profile of this name, or null.</summary>
    public DeviceProfile? Find(string name)
    {
        if (_given.TryGetValue(name, out DeviceProfile? given)) return given;
        return BuiltInNames().Contains(name) ? _builtIn.GetOrAdd(name, ReadBuiltIn) : null;
    }

    /// <summary>Whether a profile comes from the directory, and not from the binary.</summary>
    public bool IsFromDirectory(string name) => _given.ContainsKey(name);

    /// <summary>The file of a built-in profile, as it is in the source tree.</summary>
    /// <param name="name">The profile's name.</param>
    /// <exception cref="ArgumentException">No profile of this name is built in.</exception>
    public static byte[] BuiltInFile(string name)
    {
        using Stream resource = Home.GetManifestResourceStream(name + Compressed) ?? throw new ArgumentException($"No profile {name} is built in.", nameof(name));
        using GZipStream json = new(resource, CompressionMode.Decompress);
        using MemoryStream file = new();
        json.CopyTo(file);
        return file.ToArray();
    }

    /// <summary>The names of the profiles that are built in.</summary>
    public static IEnumerable<string> BuiltInNames() =>
        Home.GetManifestResourceNames().Where(name => name.EndsWith(Compressed, StringComparison.Ordinal)).Select(name => name[..^Compressed.Length]);

    private DeviceProfile? ReadBuiltIn(string name)
    {
        DeviceProfile? profile = ProfileFile.Read(BuiltInFile(name), name + Extension, out IReadOnlyList<ProfileMistake> mistakes);
        if (profile is null) _wrongBuiltIn[name] = new($"built-in {name}{Extension}", mistakes);
        return profile;
    }

    private static Assembly Home => typeof(ProfileCatalog).Assembly;
}
