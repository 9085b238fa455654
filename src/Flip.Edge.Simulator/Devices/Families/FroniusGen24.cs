using static Flip.Edge.Simulator.Devices.Families.SunSpecTables;

namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>Fronius GEN24: models 1, 103 or 113 by a setting, 120 to 123, 160, and 124 behind it where there is a battery.</summary>
public static class FroniusGen24
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("fronius-gen24", "fronius-gen24", "integer models; 11040 Wh that say 12800 W both ways behind a 10000 W inverter",
            () => DeviceTables.Same(Inverter(ImageParts.ThreePhase(), Storage(11_040, 12_800)).Add(Modules(4)).Add(Controls(12_800)).BuildWithEnd(), 1)),
        DeviceImage.OfFamily("fronius-gen24-float", "fronius-gen24", "float inverter model, so that all else stands 10 registers further on; 6600 Wh, 5120 W",
            () => DeviceTables.Same(Inverter(Opaque(113, 60), Storage(6600, 5120)).Add(Modules(4)).Add(Controls(5120)).BuildWithEnd(), 1)),
        DeviceImage.OfFamily("fronius-gen24-limited", "fronius-gen24", "somebody has set WChaMax to 3000 W; the battery's rating is 5120 W all the same",
            () => DeviceTables.Same(Inverter(ImageParts.ThreePhase(), Storage(6600, 5120)).Add(Modules(4)).Add(Controls(3000)).BuildWithEnd(), 1)),
        DeviceImage.OfFamily("fronius-gen24-no-battery", "fronius-gen24", "no battery configured: 0 in the storage points of model 120, two modules, no model 124",
            () => DeviceTables.Same(Inverter(ImageParts.ThreePhase(), Storage(0, 0)).Add(Modules(2)).BuildWithEnd(), 1)),
    ];

    private static SunSpecMapBuilder Inverter(SunSpecModel measurements, SunSpecModel nameplate) => new SunSpecMapBuilder(40000)
        .Add(ShortCommon("Fronius", "Symo GEN24 10.0", "1.40.9-1", "34119207")).Add(measurements).Add(nameplate)
        .Add(ImageParts.Settings(10_000)).Add(ImageParts.ExtendedStatus()).Add(ImageParts.Controls());

    private static SunSpecModel Storage(int capacityWh, int powerW) => ImageParts.Nameplate(derType: 82, ratedW: 10_000).With(
        ("WHRtg", capacityWh), ("WHRtg_SF", 0), ("MaxChaRte", powerW), ("MaxChaRte_SF", 0), ("MaxDisChaRte", powerW), ("MaxDisChaRte_SF", 0));

    /// <summary>Model 160: eight registers, then twenty for each string and, with a battery, for charging and discharging.</summary>
    private static SunSpecModel Modules(int count) => Opaque(160, 8 + (20 * count));

    private static SunSpecModel Controls(int powerW) => ImageParts.StorageControls(powerW);
}
