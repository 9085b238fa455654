using static Flip.Edge.Simulator.Devices.Families.SunSpecTables;

namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>
/// SolarEdge: a SunSpec chain for inverter and meter, and battery blocks of the maker's own at 0xE100, 0xE200 and 0xE400 with the low word
/// first (SolarEdge Power Control Protocol v1.3).
/// </summary>
public static class SolarEdge
{
    private const int First = 0xE100, Second = 0xE200, Third = 0xE400;

    /// <summary>"No value" of these blocks besides NaN: the least float.</summary>
    private const float Least = float.MinValue;

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("solaredge", "solaredge", "SE7600H-US with one 9700 Wh battery, 5000 W both ways; blocks it has not are silence",
            () => Inverter("SE7600H-US000BNI4", "0004.0024.0022", silent: true)
                .Battery(First, "23221A0B1C2D3E4F", 9700, 5000, 5000)),
        DeviceImage.OfFamily("solaredge-three", "solaredge", "SE11400H-US with three batteries, the third at 0xE400: 29100 Wh, 15000 W, above the inverter",
            () => Inverter("SE11400H-US000BNU4", "0004.0024.0022", silent: true)
                .Battery(First, "23221A0B1C2D3E4F", 9700, 5000, 5000)
                .Battery(Second, "23221A0B1C2D3E50", 9700, 5000, 5000)
                .Battery(Third, "23221A0B1C2D3E51", 9700, 5000, 5000)),
        DeviceImage.OfFamily("solaredge-phantom", "solaredge", "firmware 4.18 with a second battery of which there are nothing but texts; a LG of 9200 Wh, peak below continuous",
            () => Inverter("SE5000H-RWS", "0004.0018.0034", silent: false)
                .Battery(First, "7E1234A5-01", 9200, 5650, 8192, peakW: 5350, "LGC", "RESU10H TypeR")
                .Battery(Second, "7E1234A5-99", Least, Least, Least, Least, "LGC", "RESU10H TypeR")),
        DeviceImage.OfFamily("solaredge-same-serial", "solaredge", "the second block shows the first battery once more: 9700 Wh, not 19400",
            () => Inverter("SE7600H-US000BNI4", "0004.0021.0027", silent: false)
                .Battery(First, "23221A0B1C2D3E4F", 9700, 5000, 5000)
                .Battery(Second, "23221A0B1C2D3E4F", 9700, 5000, 5000)),
        DeviceImage.OfFamily("solaredge-zero", "solaredge", "after an update the battery's rated energy reads 0 and all else works",
            () => Inverter("SE5000H-AUSNBBX14", "0004.0024.0022", silent: true)
                .Battery(First, "23221A0B1C2D3E4F", 0, 5000, 5000)),
        DeviceImage.OfFamily("solaredge-closed", "solaredge", "SE10K-RWS48 whose battery registers SolarEdge has not opened: silence in all three blocks",
            () => Inverter("SE10K-RWS48BEN4", "0004.0024.0022", silent: true)),
        DeviceImage.OfFamily("solaredge-no-battery", "solaredge", "no battery is connected: the first block answers with zeros",
            () => Inverter("SE7600H-US000BNI4", "0004.0018.0034", silent: false).Empty(First)),
    ];

    private static DeviceTables Inverter(string model, string firmware, bool silent) => new DeviceTables { IsSilentOutside = silent }
        .With(1, new SunSpecMapBuilder(40000)
            .Add(ShortCommon("SolarEdge", model, firmware, "7E0A4B17"))
            .Add(new SunSpecModel(InverterLayouts.ThreePhase.As(102)).With(
                ("A", 1317), ("AphA", 1317), ("A_SF", -2), ("PPVphAB", 2402), ("PhVphA", 1201), ("PhVphB", 1201), ("V_SF", -1),
                ("W", 31620), ("W_SF", -1), ("Hz", 60_010), ("Hz_SF", -3), ("VA", 31650), ("VA_SF", -1), ("VAr", -210), ("VAr_SF", -1),
                ("PF", 9990), ("PF_SF", -2), ("WH", 12_345_678), ("WH_SF", 0), ("DCV", 3801), ("DCV_SF", -1), ("DCW", 32100), ("DCW_SF", -1),
                ("TmpSnk", 4470), ("Tmp_SF", -2), ("St", 4)))
            // The meter behind the inverter, with a common model of its own.
            .Add(ShortCommon("WattNode", "WND-3Y-400-MB", "25", "4061234"))
            .Add(Opaque(203, 105))
            .BuildWithEnd());

    private static DeviceTables Empty(this DeviceTables tables, int at)
    {
        tables.Holding(1).Fill(at, 154);
        return tables;
    }

    private static DeviceTables Battery(this DeviceTables tables, int at, string serial, float capacityWh, float chargeW, float dischargeW,
        float peakW = 7500, string maker = "SolarEdge", string model = "SE Energy Bank")
    {
        tables.Holding(1).Fill(at, 154)
            .Text(at, 16, maker).Text(at + 0x10, 16, model).Text(at + 0x20, 16, "SMCU 1.1.58 DCDC 1.1.33 BMS 2.1.").Text(at + 0x30, 16, serial)
            .U16(at + 0x40, 112).F32LowFirst(at + 0x42, capacityWh)
            .F32LowFirst(at + 0x44, chargeW).F32LowFirst(at + 0x46, dischargeW).F32LowFirst(at + 0x48, peakW).F32LowFirst(at + 0x4A, peakW)
            .F32LowFirst(at + 0x70, 401.25f).F32LowFirst(at + 0x72, -3.5f).F32LowFirst(at + 0x74, -1404.4f)
            .F32LowFirst(at + 0x7E, capacityWh).F32LowFirst(at + 0x80, 6100).F32LowFirst(at + 0x82, 99).F32LowFirst(at + 0x84, 62.9f)
            .U32LowFirst(at + 0x86, 4);
        return tables;
    }
}
