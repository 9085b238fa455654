namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>SMA: holding registers at unit 3, every value two registers, high word first; "none" is all ones, and 0x00FFFFFD for codes.</summary>
public static class Sma
{
    private const byte Unit = 3;
    private const long None = 0xFFFFFFFF;
    private const long NoCode = 0x00FFFFFD;
    private const int SolarInverter = 8001;
    private const int BatteryInverter = 8007;
    private const int HybridInverter = 8009;

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("sma", "sma", "Sunny Boy Storage 5.0-US with 9.8 kWh",
            () => Tables(BatteryInverter, 9361, 3_004_123_456, 5_000).Battery(9_800, 5_000, 5_000)),
        DeviceImage.OfFamily("sma-hybrid", "sma", "Sunny Tripower 10.0 Smart Energy with 12.8 kWh",
            () => Tables(HybridInverter, 19051, 3_015_987_654, 10_000).Battery(12_800, 10_600, 10_600)),
        DeviceImage.OfFamily("sma-unknown-model", "sma", "A battery inverter whose code is not in any list",
            () => Tables(BatteryInverter, 19999, 3_004_123_457, 5_000).Battery(9_800, 5_000, 5_000)),
        DeviceImage.OfFamily("sma-shifted", "sma", "The whole map one register lower",
            () => Tables(BatteryInverter, 9361, 3_004_123_458, 5_000, -1).Battery(9_800, 5_000, 5_000, -1)),
        DeviceImage.OfFamily("sma-asleep", "sma", "A battery inverter that is not ready: it can't tell its model yet",
            () => Tables(BatteryInverter, NoCode, 3_004_123_461, None).Battery(None, None, None)),
        DeviceImage.OfFamily("sma-pv-only", "sma", "Sunny Boy 7.7-US: no battery, its registers say none",
            () => Tables(SolarInverter, 9306, 3_006_123_459, 7_680).Battery(None, None, None)),
        DeviceImage.OfFamily("sma-pv-refusing", "sma", "Sunny Boy 7.7-US that refuses the battery's registers",
            () => Tables(SolarInverter, 9306, 3_006_123_460, 7_680)),
    ];

    private static DeviceTables Tables(long deviceClass, long type, long serial, long ratedW, int shift = 0)
    {
        DeviceTables tables = new();
        tables.Holding(Unit)
            .U32HighFirst(30001 + shift, 1_405)
            .U32HighFirst(30003 + shift, 191)
            .U32HighFirst(30005 + shift, serial)
            .U32HighFirst(30051 + shift, deviceClass)
            .U32HighFirst(30053 + shift, type)
            .U32HighFirst(30055 + shift, 461)
            .U32HighFirst(30057 + shift, serial)
            .U32HighFirst(30059 + shift, 0x0300_1204)
            .U32HighFirst(30201 + shift, 307)
            .U32HighFirst(30231 + shift, ratedW)
            .U32HighFirst(30233 + shift, ratedW)
            .U32HighFirst(30775 + shift, 1_234)
            .U32HighFirst(30845 + shift, 62);
        return tables;
    }

    private static DeviceTables Battery(this DeviceTables tables, long capacityWh, long chargeW, long dischargeW, int shift = 0)
    {
        tables.Holding(Unit)
            .U32HighFirst(40185 + shift, dischargeW)
            .U32HighFirst(40187 + shift, capacityWh)
            .U32HighFirst(40189 + shift, chargeW)
            .U32HighFirst(40191 + shift, dischargeW);
        return tables;
    }
}
