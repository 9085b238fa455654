namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>AlphaESS SMILE and Storion: unit id 85, holding registers, high word first.</summary>
public static class AlphaEss
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("alphaess", "alphaess", "SMILE5: 10100 Wh and a serial number; no power of anything", () => Smile(capacity: 101)),
        DeviceImage.OfFamily("alphaess-no-battery", "alphaess", "the same with a battery that does not answer: capacity 0", () => Smile(capacity: 0)),
    ];

    private static DeviceTables Smile(int capacity)
    {
        DeviceTables device = new();
        device.Holding(85).Fill(0x0010, 0x20).U32HighFirst(0x0010, 912_345).U32HighFirst(0x0012, 123_456).U32HighFirst(0x0021, 120)
            .Fill(0x0100, 0x30).U16(0x0100, 512).S16(0x0101, -52).U16(0x0102, 620).U16(0x0119, capacity).U16(0x011B, 990)
            .U32HighFirst(0x0120, 35_123).U32HighFirst(0x0122, 31_234).S16(0x0126, -266)
            .Fill(0x0400, 0x50).U32HighFirst(0x041F, 1850).U32HighFirst(0x043E, 61_234).U16(0x0440, 1)
            .Fill(0x0640, 0x20).Text(0x064A, 8, "AL2002121070123");
        return device;
    }
}
