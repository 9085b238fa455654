namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>
/// A Victron GX: unit 100 for the system, others for what is plugged in. A register that nothing maps is refused, also between two that are
/// mapped; a value that isn't there reads 0. Functions 3 and 4 are the same.
/// </summary>
public static class VictronGx
{
    private const byte System = 100;
    private const byte BatteryOnCan = 225;
    private const byte Smartshunt = 223;
    private const byte CerboVeBus = 227;
    private const byte MultiPlusGx = 228;

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("victron-gx", "victron-gx", "Cerbo GX with a MultiPlus-II and a full battery on CAN",
            () => Gx("c0619ab1b2c3").Inverter(CerboVeBus, 4_000).Battery(BatteryOnCan, 5_312, 1_000, 2_000, 2_500, 2_800)),
        DeviceImage.OfFamily("victron-gx-half-full", "victron-gx", "The same, half full: what the ampere-hours are is not certain",
            () => Gx("c0619ab1b2c4").Inverter(CerboVeBus, 4_000).Battery(BatteryOnCan, 5_240, 500, 2_000, 2_500, 2_800)),
        DeviceImage.OfFamily("victron-gx-old-firmware", "victron-gx", "MultiPlus-II GX whose firmware does not tell the nominal power",
            () => Gx("985dadc0ffee").Inverter(MultiPlusGx, null).Battery(BatteryOnCan, 5_312, 1_000, 2_000, 2_500, 2_800)),
        DeviceImage.OfFamily("victron-gx-shunt", "victron-gx", "Only a battery monitor, which tells no limits: they read 0",
            () => Gx("c0619ab1b2c5").Inverter(CerboVeBus, 4_000).Battery(Smartshunt, 5_240, 980, 0, 0, 0)),
        DeviceImage.OfFamily("victron-gx-no-battery", "victron-gx", "Cerbo GX with nothing at the usual unit ids of a battery",
            () => Gx("c0619ab1b2c6").Inverter(CerboVeBus, 4_000)),
    ];

    private static DeviceTables Gx(string id)
    {
        DeviceTables tables = new() { IsAnyFunction = true };
        tables.Holding(System)
            .Text(800, 6, id)
            .U16(806, 0)
            .U16(807, 0)
            .Fill(808, 19)
            .U16(840, 531)
            .S16(841, 12)
            .S16(842, 63)
            .U16(843, 100)
            .U16(844, 1)
            .U16(845, 0)
            .U16(846, 0);
        return tables;
    }

    private static DeviceTables Inverter(this DeviceTables tables, byte unit, int? nominalW)
    {
        var vebus = tables.Holding(unit).Fill(3, 30).U16(3, 2_301).U16(26, 5_310).U16(31, 3);
        if (nominalW is { } watts) vebus.U32HighFirst(130, watts);
        return tables;
    }

    private static DeviceTables Battery(
        this DeviceTables tables, byte unit, int hundredthsOfVolts, int tenthsOfPercent, int chargeTenthsOfAmperes, int dischargeTenthsOfAmperes, int tenthsOfAmpereHours)
    {
        tables.Holding(unit)
            .S16(258, 63)
            .U16(259, hundredthsOfVolts)
            .S16(261, 12)
            .U16(262, 245)
            .U16(266, tenthsOfPercent)
            .U16(304, 990)
            .U16(305, 568)
            .U16(306, 470)
            .U16(307, chargeTenthsOfAmperes)
            .U16(308, dischargeTenthsOfAmperes)
            .U16(309, tenthsOfAmpereHours);
        return tables;
    }
}
