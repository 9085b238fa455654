using static Flip.Edge.Simulator.Devices.ImageParts;

namespace Flip.Edge.Simulator.Devices;

/// <summary>Inverters with batteries that tell the truth.</summary>
internal static class HybridImages
{
    /// <summary>DERTyp of model 120: PV with storage.</summary>
    public const int PvStorage = 82;

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        new("hybrid", "models 1, 103, 120-124, 802 at 40000: 15000 Wh, charge 6000 W, discharge 7500 W, inverter 7600 W",
            () => Hybrid(new SunSpecMapBuilder(40000)).BuildWithEnd()),
        new("hybrid-7xx", "models 1, 701, 702, 713 at 40000: 10000 Wh, 5000 W both ways, of another maker",
            () => new SunSpecMapBuilder(40000).Add(Common("OtherMaker", "Model 2", "4.5.6", "987654321"))
                .Add(DerMeasurement()).Add(Der(chargeW: 5000, dischargeW: 5000, inverterW: 5000)).Add(DerStorage(10_000)).BuildWithEnd()),
        new("two-batteries", "two 802 models of 10000 Wh and 5000 Wh: together 15000 Wh, charge 6000 W, discharge 7500 W",
            () => Inverter(new SunSpecMapBuilder(40000), 7600)
                .Add(Battery(10_000, chargeW: 4000, dischargeW: 5000)).Add(Battery(5000, chargeW: 2000, dischargeW: 2500)).BuildWithEnd()),
        new("inverter-limits", "a battery that can do 10000 W both ways behind an inverter rated 5000 W",
            () => Inverter(new SunSpecMapBuilder(40000), 5000)
                .Add(Battery(15_000, chargeW: 10_000, dischargeW: 10_000)).BuildWithEnd()),
        new("pv-only", "models 1, 103, 120-123 of an inverter without any storage",
            () => new SunSpecMapBuilder(40000).Add(Common()).Add(ThreePhase()).Add(Nameplate(4, 7600))
                .Add(Settings(7600)).Add(ExtendedStatus().With(("StorConn", 0))).Add(Controls()).BuildWithEnd()),
    ];

    /// <summary>The default device, for the images that differ from it in one respect.</summary>
    public static SunSpecMapBuilder Hybrid(SunSpecMapBuilder builder) => Hybrid(builder, Common());

    public static SunSpecMapBuilder Hybrid(SunSpecMapBuilder builder, SunSpecModel common) => builder
        .Add(common).Add(ThreePhase())
        .Add(Nameplate(PvStorage, 7600).With(("MaxChaRte", 600), ("MaxChaRte_SF", 1), ("MaxDisChaRte", 750), ("MaxDisChaRte_SF", 1)))
        .Add(Settings(7600)).Add(ExtendedStatus()).Add(Controls()).Add(StorageControls(6000))
        .Add(Battery(15_000, chargeW: 6000, dischargeW: 7500));

    private static SunSpecMapBuilder Inverter(SunSpecMapBuilder builder, int ratedW) =>
        builder.Add(Common()).Add(ThreePhase()).Add(Nameplate(PvStorage, ratedW)).Add(Settings(ratedW));
}
