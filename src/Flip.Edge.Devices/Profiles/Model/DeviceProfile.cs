namespace Flip.Edge.Devices.Profiles;

/// <summary>How a family's registers are laid out.</summary>
public enum ProfileMap
{
    /// <summary>Fixed addresses of the maker's own.</summary>
    Registers,

    /// <summary>A SunSpec chain, walked as always, with what this maker does differently.</summary>
    SunSpec,

    /// <summary>The family has no Modbus; <see cref="DeviceProfile.NoModbus"/> says what to do instead.</summary>
    None,
}

/// <summary>How sure a fact is: from how many independent public sources it comes.</summary>
public enum Confidence
{
    /// <summary>Nobody knows for certain: a value that rests on it is asked of a person.</summary>
    Unsure,

    /// <summary>One source.</summary>
    OneSource,

    /// <summary>Two or more sources that do not copy each other.</summary>
    TwoSources,
}

/// <summary>
/// What is known of one device family: one JSON file. The format is told in <c>docs/profiles.md</c> and checked by
/// <c>docs/schema/profile-1.json</c> and <c>flip-edge profiles check</c>.
/// </summary>
public sealed record DeviceProfile
{
    /// <summary>Lower-case letters, digits and hyphens; the file's name.</summary>
    public required string Name { get; init; }

    /// <summary>Raised with every change of what is read. The nameplate carries <c>name@version</c> as evidence.</summary>
    public required int Version { get; init; }

    /// <summary>For people: maker, series, models.</summary>
    public required string Title { get; init; }

    /// <summary>Makers that sell it.</summary>
    public required IReadOnlyList<string> Brands { get; init; }

    /// <summary>How the registers are laid out.</summary>
    public required ProfileMap Map { get; init; }

    /// <summary>The sentence for a family without Modbus; null otherwise.</summary>
    public string? NoModbus { get; init; }

    /// <summary>Where the facts come from, by the name that points and quirks use.</summary>
    public IReadOnlyDictionary<string, ProfileSource> Sources { get; init; } = new Dictionary<string, ProfileSource>();

    /// <summary>Ports, line settings, and how Modbus is switched on.</summary>
    public ProfileTransport Transport { get; init; } = new();

    /// <summary>Unit ids by role, the likeliest first. The role <see cref="MainUnit"/> is the device itself.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<byte>> Units { get; init; } = new Dictionary<string, IReadOnlyList<byte>>();

    /// <summary>Place in the order of probing: the lower, the earlier. Null: never tried unasked.</summary>
    public int? ProbeOrder { get; init; }

    /// <summary>Beginnings of the SunSpec manufacturer (model 1 Mn) at which this profile is tried before plain SunSpec.</summary>
    public IReadOnlyList<string> WhenSunSpecSays { get; init; } = [];

    /// <summary>Deviations from a well-behaved device.</summary>
    public ProfileQuirks Quirks { get; init; } = new();

    /// <summary>Registers by name.</summary>
    public IReadOnlyDictionary<string, ProfilePoint> Points { get; init; } = new Dictionary<string, ProfilePoint>();

    /// <summary>Codes and what they mean: a text, or a number as text.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<long, string>> Tables { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<long, string>>();

    /// <summary>All of these must hold before anything is believed.</summary>
    public IReadOnlyList<ProfileCheck> Anchor { get; init; } = [];

    /// <summary>When one of these holds, the device sleeps: it is waited for.</summary>
    public IReadOnlyList<ProfileCheck> Asleep { get; init; } = [];

    /// <summary>Batteries of which there may be none, one or several, or null.</summary>
    public ProfileBatteries? Batteries { get; init; }

    /// <summary>What a <see cref="ProfileMap.SunSpec"/> family does differently.</summary>
    public SunSpecCorrections SunSpec { get; init; } = new();

    /// <summary>For each field of the nameplate its candidates, the preferred first.</summary>
    public IReadOnlyDictionary<ProfileField, IReadOnlyList<ProfileValue>> Nameplate { get; init; } =
        new Dictionary<ProfileField, IReadOnlyList<ProfileValue>>();

    /// <summary>What a person should know.</summary>
    public IReadOnlyList<ProfileCaveat> Caveats { get; init; } = [];

    /// <summary>The role of the device itself in <see cref="Units"/>.</summary>
    public const string MainUnit = "main";

    /// <summary>Name and version, as evidence.</summary>
    public string Id => FormattableString.Invariant($"{Name}@{Version}");
}

/// <summary>A public source.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Url">Where it is; null for a document that has no public address.</param>
public sealed record ProfileSource(string Title, string? Url);

/// <summary>Something that a person should know.</summary>
/// <param name="Text">One or two sentences.</param>
/// <param name="Evidence">Where it comes from.</param>
public sealed record ProfileCaveat(string Text, ProfileEvidence Evidence);

/// <summary>Where one fact comes from, and how sure it is.</summary>
/// <param name="Sources">Names in <see cref="DeviceProfile.Sources"/>.</param>
/// <param name="Confidence">How sure it is.</param>
public sealed record ProfileEvidence(IReadOnlyList<string> Sources, Confidence Confidence);
