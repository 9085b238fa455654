using static Flip.Edge.Simulator.Devices.Families.SunSpecTables;

namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>Schneider XW Pro behind a gateway: settings where others have ratings (XW Pro owner guide: models 1, 102, 121, 123, 124, 20001).</summary>
public static class SchneiderXw
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("schneider-xw", "schneider-xw", "settings of 6800 W and of 5600 W for charging; no rating, no battery model",
            () => DeviceTables.Same(Gateway().BuildWithEnd(), 1)),
        DeviceImage.OfFamily("schneider-xw-battery", "schneider-xw", "the same with a battery model: 15000 Wh, 7000 W both ways, cut to the 6800 W that the inverter is set to",
            () => DeviceTables.Same(Gateway().Add(ImageParts.Battery(15_000, 7000, 7000)).BuildWithEnd(), 1)),
    ];

    private static SunSpecMapBuilder Gateway() => new SunSpecMapBuilder(40000)
        .Add(Common("Schneider Electric", "XW Pro 6848", "1.10.00 BN 79", "B11826034417"))
        .Add(new SunSpecModel(InverterLayouts.ThreePhase.As(102)).With(("W", 318), ("W_SF", 1), ("Hz", 6001), ("Hz_SF", -2), ("St", 4)))
        .Add(ImageParts.Settings(6800)).Add(ImageParts.Controls()).Add(ImageParts.StorageControls(5600)).Add(Opaque(20001, 40));
}
