namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>E3/DC in simple mode: 0xE3DC at 40000, texts, and powers; no rating (E3/DC Modbus/TCP interface; its 40001 is 40000 on the wire).</summary>
public static class E3dc
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("e3dc", "e3dc", "S10 X Compact: maker, model, serial number and firmware, and no rating", () =>
        {
            DeviceTables tables = new();
            tables.Holding(1).Fill(40000, 105)
                .U16(40000, 0xE3DC).U16(40001, 0x0102).U16(40002, 105)
                .Text(40003, 16, "E3/DC GmbH").Text(40019, 16, "S10 X COMPACT").Text(40035, 16, "S10-412304170021").Text(40051, 16, "S10_2026_04")
                .U32LowFirst(40067, 3211).U32LowFirst(40069, uint.MaxValue - 1403).U32LowFirst(40071, 1020).U32LowFirst(40073, 120)
                .U16(40082, 63);
            return tables;
        }),
    ];
}
