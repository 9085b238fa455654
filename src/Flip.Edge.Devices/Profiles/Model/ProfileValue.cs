using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles;

/// <summary>The fields of a nameplate that a profile can fill.</summary>
public enum ProfileField
{
    /// <summary>Maker.</summary>
    Manufacturer,

    /// <summary>Model name.</summary>
    Model,

    /// <summary>Serial number.</summary>
    SerialNumber,

    /// <summary>Firmware version.</summary>
    Firmware,

    /// <summary>Energy of all batteries, Wh.</summary>
    CapacityWh,

    /// <summary>What the batteries take, W.</summary>
    BatteryChargeW,

    /// <summary>What the batteries give, W.</summary>
    BatteryDischargeW,

    /// <summary>What the inverter charges with, W.</summary>
    InverterChargeW,

    /// <summary>What the inverter discharges with, W.</summary>
    InverterDischargeW,

    /// <summary>Rated power of the inverter, W.</summary>
    InverterRatedW,
}

/// <summary>One way to come by a field.</summary>
public abstract record ProfileValue
{
    /// <summary>Rated, configured or estimated; null: as its points are. Amperes times volts are always estimated.</summary>
    public FieldKind? Kind { get; init; }

    /// <summary>What must hold for this value to count; null: nothing.</summary>
    public ProfileCheck? When { get; init; }

    /// <summary>What to know of it, or null.</summary>
    public string? Note { get; init; }

    /// <summary>A point as it is.</summary>
    public sealed record OfPoint(string Point) : ProfileValue;

    /// <summary>A text or a number that the family supplies, because no register tells it.</summary>
    public sealed record Constant(string Text, ProfileEvidence Evidence) : ProfileValue;

    /// <summary>A point looked up in a table. A code that isn't there makes the field "not implemented", and names the code.</summary>
    public sealed record FromTable(string Table, string Point) : ProfileValue;

    /// <summary>The sum of values of one unit.</summary>
    public sealed record Sum(IReadOnlyList<ProfileValue> Parts) : ProfileValue;

    /// <summary>The product of values.</summary>
    public sealed record Product(IReadOnlyList<ProfileValue> Parts) : ProfileValue;

    /// <summary>One value divided by another.</summary>
    public sealed record Quotient(ProfileValue Of, ProfileValue By) : ProfileValue;

    /// <summary>The first run of digits after a prefix in a text: SE7600H has 7600 after "SE".</summary>
    public sealed record DigitsOf(string Point, string After, decimal Scale) : ProfileValue;

    /// <summary>The sum over all batteries that are there, each serial number once.</summary>
    public sealed record OfBatteries(BatteryField Field) : ProfileValue;

    /// <summary>What the SunSpec reader makes of this field by its own precedence, after the corrections.</summary>
    public sealed record OfSunSpec : ProfileValue;

    /// <summary>Nothing tells it: the sentence says why and what to do.</summary>
    public sealed record Missing(string Why) : ProfileValue;
}
