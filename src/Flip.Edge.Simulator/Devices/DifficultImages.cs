using static Flip.Edge.Simulator.Devices.ImageParts;

namespace Flip.Edge.Simulator.Devices;

/// <summary>Devices whose nameplate is absent, wrong or at odds with itself.</summary>
internal static class DifficultImages
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        new("conflict", "model 713 rates the battery 15000 Wh, model 802 rates it 10000 Wh",
            () => new SunSpecMapBuilder(40000).Add(Common()).Add(Der(chargeW: 6000, dischargeW: 7500, inverterW: 7600))
                .Add(DerStorage(15_000)).Add(Battery(10_000, chargeW: 6000, dischargeW: 7500)).BuildWithEnd()),
        new("zero-capacity", "the only capacity, in model 802, reads 0 Wh, as before the battery has reported",
            () => new SunSpecMapBuilder(40000).Add(Common()).Add(ThreePhase()).Add(Nameplate(HybridImages.PvStorage, 7600))
                .Add(Battery(0, chargeW: 6000, dischargeW: 7500)).BuildWithEnd()),
        new("sentinels", "every rating and every optional string holds its \"not implemented\"",
            () => new SunSpecMapBuilder(40000)
                .Add(new SunSpecModel(CommonLayouts.Common).With("Mn", "DeviceMaker").With("Md", "Model 1").With("SN", "123456789"))
                .Add(new SunSpecModel(InverterLayouts.ThreePhase)).Add(new SunSpecModel(InverterLayouts.Nameplate).With(("DERTyp", 82)))
                .Add(new SunSpecModel(InverterLayouts.Settings)).Add(new SunSpecModel(InverterLayouts.Storage))
                .Add(new SunSpecModel(DerLayouts.Capacity)).Add(new SunSpecModel(DerLayouts.StorageCapacity))
                .Add(new SunSpecModel(BatteryLayouts.Base)).BuildWithEnd()),
        new("garbage-strings", "NULs, control and non-ASCII characters in the strings of the common model",
            () => HybridImages.Hybrid(
                new SunSpecMapBuilder(40000),
                Common("DeviceMaker\0left over", "\u0001Model\t1\u001b[31m\r\n", "1.2.3\u00ff\u00fe", "  12345\u00e4\u00806789 \0\0x")).BuildWithEnd()),
    ];
}
