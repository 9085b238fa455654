namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>Deye and Sunsynk with three phases and a battery of about 50 V: holding registers, low word first.</summary>
public static class DeyeThreePhaseLv
{
    private const byte Unit = 1;
    private const string Profile = "deye-three-phase-lv";

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("deye-three-phase-lv", Profile, "SUN-12K-SG04LP3 with 300 Ah and a battery that tells its limits",
            () => Tables(0x0005, "2302123401", 12_000, 5_298).Bms(150, 180, 160, 200).Settings(300, 240, 240)),
        DeviceImage.OfFamily("deye-three-phase-lv-no-bms", Profile, "A battery that does not talk: only what the installer entered",
            () => Tables(0x0500, "2302123402", 8_000, 5_298).Bms(0, 0, 0, 0).Settings(200, 120, 120)),
        DeviceImage.OfFamily("deye-three-phase-lv-present-limits", Profile, "A battery that tells only what it allows now",
            () => Tables(0x0005, "2302123403", 12_000, 5_298).Bms(150, 180, 0, 0).Settings(300, 240, 240)),
    ];

    private static DeviceTables Tables(int type, string serial, int ratedW, int hundredthsOfVolts)
    {
        DeviceTables tables = new();
        tables.Holding(Unit)
            .Fill(0, 260)
            .Fill(500, 200)
            .U16(0, type)
            .U16(2, 0x0104)
            .Text(3, 5, serial)
            .U32LowFirst(20, ratedW * 10L)
            .U16(500, 2)
            .U32LowFirst(516, 12_345)
            .U16(586, 1_250)
            .U16(587, hundredthsOfVolts)
            .U16(588, 66)
            .S16(590, -420)
            .S16(591, -795);
        return tables;
    }

    private static DeviceTables Bms(this DeviceTables tables, int chargeNow, int dischargeNow, int mostCharge, int mostDischarge)
    {
        tables.Holding(Unit)
            .U16(210, chargeNow == 0 ? 0 : 5_610)
            .U16(212, chargeNow)
            .U16(213, dischargeNow)
            .U16(214, chargeNow == 0 ? 0 : 66)
            .U16(218, mostCharge)
            .U16(219, mostDischarge);
        return tables;
    }

    private static DeviceTables Settings(this DeviceTables tables, int ampereHours, int chargeAmperes, int dischargeAmperes)
    {
        tables.Holding(Unit)
            .U16(102, ampereHours)
            .U16(108, chargeAmperes)
            .U16(109, dischargeAmperes);
        return tables;
    }
}
