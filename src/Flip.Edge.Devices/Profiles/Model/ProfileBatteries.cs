namespace Flip.Edge.Devices.Profiles;

/// <summary>What is known of each battery.</summary>
public enum BatteryField
{
    /// <summary>Maker.</summary>
    Manufacturer,

    /// <summary>Model.</summary>
    Model,

    /// <summary>Serial number; two with the same one are the same battery.</summary>
    SerialNumber,

    /// <summary>Firmware version.</summary>
    Firmware,

    /// <summary>Energy, Wh. A battery is there when this is present.</summary>
    CapacityWh,

    /// <summary>Charge power, W.</summary>
    ChargeW,

    /// <summary>Discharge power, W.</summary>
    DischargeW,
}

/// <summary>Batteries with a block of registers each, alike but for where they begin.</summary>
/// <param name="Bases">First register of each block, 0-based.</param>
/// <param name="Points">What is in a block; addresses are offsets from its base.</param>
/// <param name="Evidence">Where the bases come from.</param>
public sealed record ProfileBatteries(
    IReadOnlyList<int> Bases, IReadOnlyDictionary<BatteryField, ProfilePoint> Points, ProfileEvidence Evidence);

/// <summary>What a SunSpec family does differently from the standard.</summary>
public sealed record SunSpecCorrections
{
    /// <summary>Points that are there and wrong: they are treated as not implemented, and the sentence says why.</summary>
    public IReadOnlyList<IgnoredPoint> Ignore { get; init; } = [];

    /// <summary>Where its map begins, which is asked first; null: nobody knows beforehand.</summary>
    public int? Base { get; init; }

    /// <summary>
    /// The unit ids at which further parts of the device answer with SunSpec maps of their own, found in a directory model; or null.
    /// </summary>
    public SunSpecDirectory? Directory { get; init; }
}

/// <summary>A point that is there and wrong.</summary>
/// <param name="Model">SunSpec model id.</param>
/// <param name="Point">Name of the point in the information model.</param>
/// <param name="Why">The sentence for a person.</param>
/// <param name="Evidence">Where it comes from.</param>
public sealed record IgnoredPoint(ushort Model, string Point, string Why, ProfileEvidence Evidence);

/// <summary>A model of the main unit that lists the unit ids of the parts behind it.</summary>
/// <param name="Model">Id of the directory's model.</param>
/// <param name="Count">Offset of the number of entries, from the model's id register.</param>
/// <param name="First">Offset of the first entry.</param>
/// <param name="EntryLength">Registers in an entry.</param>
/// <param name="UnitOffset">Offset of the unit id in an entry.</param>
/// <param name="PartModels">Beginnings of a part's model name (model 1 Md) that make it a battery.</param>
/// <param name="Evidence">Where it comes from.</param>
public sealed record SunSpecDirectory(
    ushort Model, int Count, int First, int EntryLength, int UnitOffset, IReadOnlyList<string> PartModels, ProfileEvidence Evidence);
