namespace Flip.Edge.Devices.Nameplates;

/// <summary>One battery of several behind an inverter, as it tells of itself. The nameplate's own values are sums over all of them.</summary>
public sealed record BatteryNameplate
{
    /// <summary>Maker.</summary>
    public required NameplateField<string> Manufacturer { get; init; }

    /// <summary>Model name.</summary>
    public required NameplateField<string> Model { get; init; }

    /// <summary>Serial number. Two parts with one serial number are one battery, and only the first is kept.</summary>
    public required NameplateField<string> SerialNumber { get; init; }

    /// <summary>Firmware version.</summary>
    public required NameplateField<string> Firmware { get; init; }

    /// <summary>Nominal energy, Wh.</summary>
    public required NameplateField<decimal> CapacityWh { get; init; }

    /// <summary>What it takes, W.</summary>
    public required NameplateField<decimal> ChargeW { get; init; }

    /// <summary>What it gives, W.</summary>
    public required NameplateField<decimal> DischargeW { get; init; }
}
