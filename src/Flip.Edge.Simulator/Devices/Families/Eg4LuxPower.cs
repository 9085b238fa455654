namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>EG4 and LuxPower: holding and input registers in banks of 40, low word first, texts with the first character in the low byte.</summary>
public static class Eg4LuxPower
{
    private const byte Unit = 1;
    private const int Lxp = 12;
    private const int GridBoss = 50;
    private const int OffGrid = 54;
    private const int Kpv = 2092;
    private const int FlexBoss = 10284;

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("eg4-luxpower", "eg4-luxpower", "EG4 18kPV with three packs of 280 Ah that tell their limits",
            () => Tables(Kpv, 0x86C0, "4434870123", "FAAB").Battery(532, 2_000, 2_400, 840).Settings(250, 250, 840)),
        DeviceImage.OfFamily("eg4-luxpower-no-bms", "eg4-luxpower", "EG4 18kPV whose packs don't talk: only what the installer entered",
            () => Tables(Kpv, 0x86C0, "4434870124", "FAAB").Battery(532, 0, 0, 0).Settings(250, 250, 840)),
        DeviceImage.OfFamily("eg4-luxpower-12kpv", "eg4-luxpower", "EG4 12kPV: the same code, another rating",
            () => Tables(Kpv, 0x8640, "4434870125", "FAAB").Battery(530, 1_500, 1_500, 560).Settings(200, 200, 560)),
        DeviceImage.OfFamily("eg4-luxpower-flexboss", "eg4-luxpower", "EG4 FlexBOSS21",
            () => Tables(FlexBoss, 0x8600, "5283200126", "FAAB").Battery(531, 2_000, 2_400, 628).Settings(300, 300, 628)),
        DeviceImage.OfFamily("eg4-luxpower-12000xp", "eg4-luxpower", "EG4 12000XP",
            () => Tables(OffGrid, 0x0AC1, "5254500127", "ccaa").Battery(529, 2_000, 2_000, 400).Settings(200, 200, 400)),
        DeviceImage.OfFamily("eg4-luxpower-lxp-eu", "eg4-luxpower", "LuxPower LXP-EU, whose current limits come in hundredths of amperes",
            () => Tables(Lxp, 0x9AC0, "3352670128", "AAAA").Battery(518, 6_600, 6_600, 180).Settings(140, 140, 180)),
        DeviceImage.OfFamily("eg4-luxpower-gridboss", "eg4-luxpower", "EG4 GridBOSS, which is a switch and no battery: not recognised",
            () => Tables(GridBoss, 0x0000, "5283250129", "IAAB").Battery(0, 0, 0, 0)),
    ];

    private static DeviceTables Tables(int type, int modelBits, string serial, string firmware)
    {
        DeviceTables tables = new();
        tables.Holding(Unit)
            .Fill(0, 240)
            .U16(0, modelBits)
            .U16(1, type == Lxp ? 0x0001 : 0x0009)
            .TextLowByteFirst(2, 5, serial)
            .TextLowByteFirst(7, 2, firmware)
            .U16(9, 0x1511)
            .U16(10, 0x0014)
            .U16(15, 1)
            .U16(16, 0)
            .U16(19, type);
        tables.Input(Unit)
            .Fill(0, 200)
            .U16(0, 4)
            .U16(1, 3_012)
            .TextLowByteFirst(115, 5, serial);
        return tables;
    }

    private static DeviceTables Battery(this DeviceTables tables, int tenthsOfVolts, int chargeRaw, int dischargeRaw, int ampereHours)
    {
        tables.Input(Unit)
            .U16(4, tenthsOfVolts)
            .U16(5, (99 << 8) | 71)
            .U32LowFirst(50, 123_456)
            .U32LowFirst(52, 118_765)
            .U16(81, chargeRaw)
            .U16(82, dischargeRaw)
            .U16(83, 560)
            .U16(84, 460)
            .U16(97, ampereHours)
            .S16(98, -21);
        return tables;
    }

    private static DeviceTables Settings(this DeviceTables tables, int chargeAmperes, int dischargeAmperes, int ampereHours)
    {
        tables.Holding(Unit)
            .U16(99, 560)
            .U16(100, 460)
            .U16(101, chargeAmperes)
            .U16(102, dischargeAmperes)
            .U16(147, ampereHours)
            .U16(148, 512);
        return tables;
    }
}
