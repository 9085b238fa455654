using static Flip.Edge.Simulator.Devices.Families.SunSpecTables;

namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>
/// KOSTAL PLENTICORE: registers of the maker's own, whose word order is a setting, beside a SunSpec chain that stays as it is
/// (KOSTAL interface description MODBUS (TCP) and SunSpec). Unit 71.
/// </summary>
public static class KostalPlenticore
{
    private delegate DeviceRegisters Number(DeviceRegisters registers, int address, float value);

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("kostal-plenticore", "kostal-plenticore", "plus 8.5 with 10240 Wh, charge 5700 W, discharge 6100 W; low word first, as from the factory",
            () => Inverter(bigEndian: false, battery: true, recent: true)),
        DeviceImage.OfFamily("kostal-plenticore-big-endian", "kostal-plenticore", "the same with the byte order set to big-endian",
            () => Inverter(bigEndian: true, battery: true, recent: true)),
        DeviceImage.OfFamily("kostal-plenticore-old", "kostal-plenticore", "firmware 1.31: nothing beyond register 1045, the capacity in 529 only",
            () => Inverter(bigEndian: false, battery: true, recent: false)),
        DeviceImage.OfFamily("kostal-plenticore-no-battery", "kostal-plenticore", "battery type 0, and 0 wherever a battery would be told",
            () => Inverter(bigEndian: false, battery: false, recent: true)),
    ];

    private static DeviceTables Inverter(bool bigEndian, bool battery, bool recent)
    {
        DeviceTables tables = new DeviceTables().With(71, SunSpec(battery));
        var holding = tables.Holding(71);
        Number f32 = bigEndian ? RegisterEncoding.F32HighFirst : RegisterEncoding.F32LowFirst;
        Func<DeviceRegisters, int, long, DeviceRegisters> u32 = bigEndian ? RegisterEncoding.U32HighFirst : RegisterEncoding.U32LowFirst;
        holding.Fill(2, 70).Fill(98, 232).Fill(512, 79).Fill(768, 64).Fill(1024, recent ? 60 : 22)
            // The byte order register tells what it was before the last restart.
            .U16(2, 1).U16(4, 71).U16(5, 0)
            .Text(6, 8, "10335962").Text(14, 8, "90523TD90417R").U16(30, 1).U16(32, 3).U16(34, 3)
            .Text(38, 8, recent ? "01.88.10455" : "01.31.04241").Text(46, 8, "01.45.09512")
            .U16(531, 8500).Text(535, 16, "KOSTAL").Text(551, 8, "PLENTICORE plus").Text(559, 16, "90523TD90417R").S16(582, -1520)
            .U16(588, battery ? 4 : 0)
            .Text(768, 32, "PLENTICORE plus").Text(800, 32, "8.5");
        f32(holding, 100, 3221.4f);
        f32(holding, 152, 49.98f);
        f32(holding, 158, 228.6f);
        f32(holding, 172, 3180.2f);
        f32(holding, 1042, 5);
        f32(holding, 1044, 100);
        if (battery)
        {
            f32(holding, 210, 62);
            f32(holding, 216, 389.1f);
            u32(holding, 512, 25);
            holding.Text(517, 8, "BYD");
            u32(holding, 527, 2_011_234_567);
            u32(holding, 529, 10_240);
        }

        if (!recent || !battery) return tables;
        f32(holding, 1068, 10_240);
        u32(holding, 1070, 2_011_234_567);
        f32(holding, 1076, 5700);
        f32(holding, 1078, 6100);
        return tables;
    }

    /// <summary>The chain stops without an end model, and tells no rated power of the battery.</summary>
    private static DeviceRegisters SunSpec(bool battery)
    {
        SunSpecMapBuilder map = new SunSpecMapBuilder(40000)
            .Add(Common("KOSTAL", "PLENTICORE plus8", "01.30.12", "90523TD90417R").With(("DA", 71)))
            .Add(ImageParts.ThreePhase()).Add(Opaque(113, 60)).Add(ImageParts.Nameplate(82, 8500)).Add(ImageParts.Controls()).Add(Opaque(160, 68));
        return (battery ? map.Add(new SunSpecModel(BatteryLayouts.Base).With(("SoC", 62), ("SoC_SF", 0), ("V", 3891), ("V_SF", -1))) : map)
            .BuildWithoutEnd();
    }
}
