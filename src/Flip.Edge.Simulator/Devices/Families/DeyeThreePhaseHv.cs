namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>Deye, Sunsynk and Sol-Ark with three phases and a battery of hundreds of volts: holding registers, low word first, volts in tenths.</summary>
public static class DeyeThreePhaseHv
{
    private const byte Unit = 1;
    private const string Profile = "deye-three-phase-hv";

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("deye-three-phase-hv", Profile, "Sol-Ark 30K with 100 Ah at 409.6 V",
            () => Tables(0x0006, "2404123401", 30_000, 4_096).Bms(45, 48, 50, 50, 100).Settings(100, 50, 50)),
        DeviceImage.OfFamily("deye-three-phase-hv-no-bms", Profile, "A battery that does not talk: only what the installer entered",
            () => Tables(0x0601, "2404123402", 20_000, 4_096).Bms(0, 0, 0, 0, 0).Settings(100, 50, 50)),
        DeviceImage.OfFamily("deye-three-phase-hv-two-batteries", Profile, "Two battery inputs: only the first is read",
            () => Tables(0x0008, "2404123403", 50_000, 5_120).Bms(90, 90, 100, 100, 100).Second(100, 100).Settings(100, 100, 100)),
    ];

    private static DeviceTables Tables(int type, string serial, int ratedW, int tenthsOfVolts)
    {
        DeviceTables tables = new();
        tables.Holding(Unit)
            .Fill(0, 270)
            .Fill(500, 200)
            .U16(0, type)
            .U16(2, 0x0104)
            .Text(3, 5, serial)
            .U32LowFirst(20, ratedW * 10L)
            .U16(500, 2)
            .U16(586, 1_250)
            .U16(587, tenthsOfVolts)
            .U16(588, 66)
            .S16(590, -42);
        return tables;
    }

    private static DeviceTables Bms(this DeviceTables tables, int chargeNow, int dischargeNow, int mostCharge, int mostDischarge, int ampereHours)
    {
        tables.Holding(Unit)
            .U16(212, chargeNow)
            .U16(213, dischargeNow)
            .U16(218, mostCharge)
            .U16(219, mostDischarge)
            .U16(224, ampereHours == 0 ? 0 : 99)
            .U16(226, ampereHours)
            .U16(229, ampereHours == 0 ? 0 : 5);
        return tables;
    }

    private static DeviceTables Second(this DeviceTables tables, int mostCharge, int ampereHours)
    {
        tables.Holding(Unit).U16(249, mostCharge).U16(250, mostCharge).U16(257, ampereHours);
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
