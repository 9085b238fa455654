namespace Flip.Edge.Devices.SunSpec;

/// <summary>A number in a SunSpec model: an unsigned 16-bit register and its scale factor in the same model.</summary>
/// <param name="Model">Model id.</param>
/// <param name="Name">The point's name in the SunSpec information model.</param>
/// <param name="Offset">Offset from the model's id register.</param>
/// <param name="ScaleFactorOffset">Offset of the <c>sunssf</c> register.</param>
/// <param name="Unit"><c>W</c> or <c>Wh</c>.</param>
internal sealed record SunSpecPoint(ushort Model, string Name, int Offset, int ScaleFactorOffset, string Unit)
{
    public string Source => $"SunSpec {Model} {Name}";

    /// <summary>Offset of the first of value and scale factor.</summary>
    public int First => Math.Min(Offset, ScaleFactorOffset);

    /// <summary>Offset of the last of value and scale factor.</summary>
    public int Last => Math.Max(Offset, ScaleFactorOffset);
}

/// <summary>A text in a SunSpec model.</summary>
internal sealed record SunSpecText(ushort Model, string Name, int Offset, int Registers)
{
    public string Source => $"SunSpec {Model} {Name}";
}

/// <summary>
/// The points that a nameplate needs. Offsets count from the model's id register, as in the information model
/// (github.com/sunspec/models, json/model_*.json).
/// </summary>
internal static class SunSpecPoints
{
    public static readonly SunSpecText Manufacturer = new(1, "Mn", 2, 16);
    public static readonly SunSpecText Model = new(1, "Md", 18, 16);
    public static readonly SunSpecText Version = new(1, "Vr", 42, 8);
    public static readonly SunSpecText Serial = new(1, "SN", 50, 16);

    public static readonly SunSpecPoint NameplatePower = new(120, "WRtg", 3, 4, "W");
    public static readonly SunSpecPoint NameplateEnergy = new(120, "WHRtg", 19, 20, "Wh");
    public static readonly SunSpecPoint NameplateCharge = new(120, "MaxChaRte", 23, 24, "W");
    public static readonly SunSpecPoint NameplateDischarge = new(120, "MaxDisChaRte", 25, 26, "W");

    public static readonly SunSpecPoint SettingsPower = new(121, "WMax", 2, 22, "W");
    public static readonly SunSpecPoint StorageCharge = new(124, "WChaMax", 2, 18, "W");

    public static readonly SunSpecPoint DerPower = new(702, "WMaxRtg", 2, 45, "W");
    public static readonly SunSpecPoint DerCharge = new(702, "WChaRteMaxRtg", 10, 45, "W");
    public static readonly SunSpecPoint DerDischarge = new(702, "WDisChaRteMaxRtg", 11, 45, "W");

    public static readonly SunSpecPoint StorageCapacity = new(713, "WHRtg", 2, 7, "Wh");

    public static readonly SunSpecPoint BatteryEnergy = new(802, "WHRtg", 3, 53, "Wh");
    public static readonly SunSpecPoint BatteryCharge = new(802, "WChaRteMax", 4, 54, "W");
    public static readonly SunSpecPoint BatteryDischarge = new(802, "WDisChaRteMax", 5, 54, "W");

    /// <summary>What is read while walking.</summary>
    public static readonly SunSpecPoint[] Ratings =
    [
        NameplatePower, NameplateEnergy, NameplateCharge, NameplateDischarge, DerPower, DerCharge, DerDischarge, StorageCapacity,
        BatteryEnergy, BatteryCharge, BatteryDischarge,
    ];

    /// <summary>What is read only where no rating is.</summary>
    public static readonly SunSpecPoint[] Settings = [SettingsPower, StorageCharge];

    /// <summary>The texts of the common model.</summary>
    public static readonly SunSpecText[] Texts = [Manufacturer, Model, Version, Serial];
}
