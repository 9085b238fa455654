namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>Deye, Sunsynk and Sol-Ark with one or two phases: holding registers, low word first.</summary>
public static class DeyeSinglePhase
{
    private const byte Unit = 1;
    private const string Profile = "deye-single-phase";

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("deye-single-phase", Profile, "Sol-Ark 12K with 400 Ah and a battery that tells its limits",
            () => Tables(0x0003, "2206214321", 12_000).Battery(5_281, 400, 100, 120).Settings(400, 185, 185)),
        DeviceImage.OfFamily("deye-single-phase-no-bms", Profile, "A battery that does not talk: only what the installer entered",
            () => Tables(0x0103, "2206214322", 8_000).Battery(5_281, 0, 0, 0).Settings(300, 150, 150)),
        DeviceImage.OfFamily("deye-single-phase-string", Profile, "A string inverter (0x0002) of the same maker: not recognised",
            () => Tables(0x0002, "2206214323", 5_000).Battery(0, 0, 0, 0).Settings(0, 0, 0)),
        DeviceImage.OfFamily("deye-single-phase-no-battery", Profile, "A hybrid without a battery: zeros",
            () => Tables(0x0300, "2206214324", 5_000).Battery(0, 0, 0, 0).Settings(0, 0, 0)),
    ];

    private static DeviceTables Tables(int type, string serial, int ratedW)
    {
        DeviceTables tables = new();
        tables.Holding(Unit)
            .Fill(0, 336)
            .U16(0, type)
            .U16(1, 1)
            .U16(2, 0x0104)
            .Text(3, 5, serial)
            .U32LowFirst(16, ratedW * 10L)
            .U16(59, 2)
            .U16(78, 1_234)
            .U16(79, 6_001)
            .U16(80, 1)
            .U16(98, 4);
        return tables;
    }

    private static DeviceTables Battery(this DeviceTables tables, int hundredthsOfVolts, int ampereHours, int chargeAmperes, int dischargeAmperes)
    {
        tables.Holding(Unit)
            .U16(107, ampereHours)
            .U16(182, 1_250)
            .U16(183, hundredthsOfVolts)
            .U16(184, hundredthsOfVolts == 0 ? 0 : 66)
            .S16(190, -420)
            .S16(191, -795)
            .U16(312, chargeAmperes == 0 ? 0 : 5_610)
            .U16(313, chargeAmperes == 0 ? 0 : 4_700)
            .S16(314, chargeAmperes)
            .S16(315, dischargeAmperes);
        return tables;
    }

    private static DeviceTables Settings(this DeviceTables tables, int ampereHours, int chargeAmperes, int dischargeAmperes)
    {
        tables.Holding(Unit)
            .U16(201, 5_640)
            .U16(204, ampereHours)
            .U16(210, chargeAmperes)
            .U16(211, dischargeAmperes);
        return tables;
    }
}
