namespace Flip.Edge.Devices.Nameplates;

/// <summary>Which part a power limit comes from.</summary>
public enum LimitingPart
{
    /// <summary>The battery is the smaller of the two.</summary>
    Battery,

    /// <summary>The inverter is the smaller of the two.</summary>
    Inverter,
}

/// <summary>What a device says of itself, each value with its evidence.</summary>
public sealed record Nameplate
{
    /// <summary>Name and version of the profile that read it, for example <c>sunspec@1</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>When the last of the agreeing readings ended.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Maker.</summary>
    public required NameplateField<string> Manufacturer { get; init; }

    /// <summary>Model name.</summary>
    public required NameplateField<string> Model { get; init; }

    /// <summary>Serial number.</summary>
    public required NameplateField<string> SerialNumber { get; init; }

    /// <summary>Firmware version; nothing depends on it.</summary>
    public required NameplateField<string> Firmware { get; init; }

    /// <summary>Nominal energy of all batteries behind this inverter, Wh.</summary>
    public required NameplateField<decimal> CapacityWh { get; init; }

    /// <summary>Charge power that can be sustained: the smaller of the battery's and the inverter's, W.</summary>
    public required NameplateField<decimal> MaxChargeW { get; init; }

    /// <summary>Discharge power that can be sustained: the smaller of the battery's and the inverter's, W.</summary>
    public required NameplateField<decimal> MaxDischargeW { get; init; }

    /// <summary>The parts that <see cref="MaxChargeW"/> and <see cref="MaxDischargeW"/> were made from.</summary>
    public required PowerLimits Limits { get; init; }

    /// <summary>The batteries that the sums were made from, each serial number once; empty where the device tells of none apart.</summary>
    public IReadOnlyList<BatteryNameplate> Batteries { get; init; } = [];

    /// <summary>What a person should know, or has to decide.</summary>
    public IReadOnlyList<NameplateWarning> Warnings { get; init; } = [];
}

/// <summary>The power limits as read, before the smaller was chosen.</summary>
/// <param name="BatteryChargeW">What the batteries take, all together, W.</param>
/// <param name="BatteryDischargeW">What the batteries give, all together, W.</param>
/// <param name="InverterChargeW">What the inverter can charge with, W.</param>
/// <param name="InverterDischargeW">What the inverter can discharge with, W.</param>
/// <param name="InverterRatedW">Rated active power of the inverter, W.</param>
/// <param name="ChargeLimitedBy">Which part makes the charge power what it is, or null when only one is known.</param>
/// <param name="DischargeLimitedBy">Which part makes the discharge power what it is, or null when only one is known.</param>
public sealed record PowerLimits(
    NameplateField<decimal> BatteryChargeW,
    NameplateField<decimal> BatteryDischargeW,
    NameplateField<decimal> InverterChargeW,
    NameplateField<decimal> InverterDischargeW,
    NameplateField<decimal> InverterRatedW,
    LimitingPart? ChargeLimitedBy,
    LimitingPart? DischargeLimitedBy);

/// <summary>Something a person should know of a nameplate.</summary>
/// <param name="Code">Stable, snake_case: <c>conflict</c>, <c>implausible</c>, <c>override_differs</c>, <c>disagree</c>, <c>map</c>, <c>inverter_alone</c>,
/// <c>estimate</c>, <c>unsure</c>, <c>line</c>.</param>
/// <param name="Sentence">What was found, and what to do.</param>
/// <param name="NeedsPerson">True when nothing may be commissioned before a person has decided.</param>
/// <param name="Override">The override by which a person decides, for example <c>CapacityWh</c>.</param>
public sealed record NameplateWarning(string Code, string Sentence, bool NeedsPerson, string? Override = null);
