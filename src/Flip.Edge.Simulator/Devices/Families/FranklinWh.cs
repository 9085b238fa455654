using static Flip.Edge.Simulator.Devices.Families.SunSpecTables;

namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>
/// FranklinWH aGate: SunSpec at base 0, whose model 702 looks like a nameplate and is none. The addresses of the models are those that
/// mtnears/FranklinWH-Automation found.
/// </summary>
public static class FranklinWh
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("franklinwh", "franklinwh", "two aPower X: 27200 Wh; 702 says 5000 W both ways and 1000 W rated, all untrue",
            () => Gate(27_200, ratedW: 1000)),
        DeviceImage.OfFamily("franklinwh-apower-2", "franklinwh", "two aPower 2: 30000 Wh; 702 says 5000 W both ways and 0 W rated, all untrue",
            () => Gate(30_000, ratedW: 0)),
        DeviceImage.OfFamily("franklinwh-starting", "franklinwh", "before the batteries have reported: 713 says 0 Wh",
            () => Gate(0, ratedW: 1000)),
    ];

    private static DeviceTables Gate(int capacityWh, int ratedW)
    {
        var map = new SunSpecMapBuilder(0)
            .Add(Common("FranklinWH Technologies Co., Ltd", "aGate X", "V10R01B04D00", "10060006A02F24170417"))
            .Add(ImageParts.DerMeasurement())
            .Add(new SunSpecModel(DerLayouts.Capacity).With(
                ("WMaxRtg", ratedW), ("WChaRteMaxRtg", 5000), ("WDisChaRteMaxRtg", 5000), ("W_SF", 0), ("VAMaxRtg", 20_000), ("VA_SF", 0)))
            .Add(Opaque(703, 17)).Add(Opaque(704, 65))
            // Curve models, as long as the place of 713 leaves them.
            .Add(Opaque(705, 333)).Add(Opaque(706, 333))
            .Add(new SunSpecModel(DerLayouts.StorageCapacity).With(
                ("WHRtg", capacityWh), ("WHAvail", capacityWh * 73L / 100), ("WH_SF", 0), ("SoC", 730), ("SoH", 992), ("Pct_SF", -1), ("Sta", 0)))
            .Add(Opaque(714, 43)).Add(Opaque(715, 7)).Add(Opaque(502, 28))
            .BuildWithEnd();
        // The maker's own, outside of the chain: solar and home power, operating mode, reserves.
        map.Fill(15500, 18, 0xFFFF).U16(15502, 1840).U16(15506, 900).U16(15507, 2).U16(15508, 20).U16(15509, 20).U16(16000, 903);
        // Whatever unit id is asked, it answers; three of them will do.
        return DeviceTables.Same(map, 1, 2, 126);
    }
}
