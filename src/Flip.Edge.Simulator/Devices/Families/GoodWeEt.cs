namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>GoodWe ET: holding registers at unit 247, high word first.</summary>
public static class GoodWeEt
{
    private const byte Unit = 247;

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("goodwe-et", "goodwe-et", "GW10K-ET with a battery of 64 Ah, 25 A",
            () => Info(10_000, "9010KETU21CW0001", "GW10K-ET", "04029-08-S11").Battery(2_547, 25, 25).Settings(64, 250, 250)),
        DeviceImage.OfFamily("goodwe-et-no-bms", "goodwe-et", "GW10K-ET whose battery does not talk: only what the installer entered",
            () => Info(10_000, "9010KETU21CW0002", "GW10K-ET", "04029-08-S11").Battery(2_547, 0, 0).Settings(64, 250, 250)),
        DeviceImage.OfFamily("goodwe-et-no-settings", "goodwe-et", "GW6000-EH that refuses the block of settings, its model padded with a space",
            () => Info(6_000, "56000HSB22CW0003", "GW6000-EH ", "04034-03-S10").Battery(3_840, 30, 40)),
        DeviceImage.OfFamily("goodwe-et-no-battery", "goodwe-et", "GW5K-ET without a battery: it refuses the battery's block",
            () => Info(5_000, "95000ETU20CW0004", "GW5000-ET", "04029-08-S11")),
    ];

    private static DeviceTables Info(int ratedW, string serial, string model, string firmware)
    {
        DeviceTables tables = new();
        tables.Holding(Unit)
            .U16(35000, 1)
            .U16(35001, ratedW)
            .U16(35002, 0x00FE)
            .Text(35003, 8, serial)
            .Text(35011, 5, model)
            .U16(35016, 8)
            .U16(35017, 8)
            .U16(35018, 176)
            .U16(35019, 8)
            .U16(35020, 176)
            .Text(35021, 6, firmware)
            .Text(35027, 6, "02041-12-S00")
            .Fill(35100, 80)
            .U16(35136, 1);
        return tables;
    }

    private static DeviceTables Battery(this DeviceTables tables, int tenthsOfVolts, int chargeAmperes, int dischargeAmperes)
    {
        tables.Holding(Unit)
            .Fill(35180, 45)
            .U16(35180, tenthsOfVolts)
            .S16(35181, -11)
            .U16(35184, 2)
            .Fill(37000, 24)
            .U16(37004, chargeAmperes)
            .U16(37005, dischargeAmperes)
            .U16(37007, 68)
            .U16(37008, 99)
            .U16(37009, 5);
        return tables;
    }

    private static DeviceTables Settings(this DeviceTables tables, int ampereHours, int tenthsOfChargeAmperes, int tenthsOfDischargeAmperes)
    {
        tables.Holding(Unit)
            .U16(45350, ampereHours)
            .U16(45351, 2_880)
            .U16(45352, 2_880)
            .U16(45353, tenthsOfChargeAmperes)
            .U16(45354, 2_100)
            .U16(45355, tenthsOfDischargeAmperes)
            .U16(45356, 90);
        return tables;
    }
}
