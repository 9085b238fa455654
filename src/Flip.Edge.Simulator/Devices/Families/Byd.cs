namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>The service port of a BYD Battery-Box's management unit: RTU frames over TCP, holding registers.</summary>
public static class Byd
{
    private const int Hvm = 1, Hvs = 2;

    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("byd-bmu", "byd-bmu", "HVS with one tower of four modules of 2560 Wh: 10240 Wh; its serial number is followed by an x",
            () => Box("P030T020Z2308311111x", towers: 1, modules: 4, Hvs)),
        DeviceImage.OfFamily("byd-bmu-hvm-two-towers", "byd-bmu", "HVM with two towers of five modules of 2760 Wh: 27600 Wh",
            () => Box("P030T010Z2112160742x", towers: 2, modules: 5, Hvm)),
        DeviceImage.OfFamily("byd-bmu-lvs", "byd-bmu", "LVS, known by its serial number: three modules of 4000 Wh, 12000 Wh, type 3",
            () => Box("P020T010Z2009013172x", towers: 1, modules: 3, type: 3)),
        DeviceImage.OfFamily("byd-bmu-unknown-type", "byd-bmu", "a type of module that nobody has written about",
            () => Box("P030T040Z2601010001x", towers: 1, modules: 4, type: 9)),
    ];

    private static DeviceTables Box(string serial, int towers, int modules, int type)
    {
        DeviceTables device = new();
        device.Holding(1).Text(0x0000, 10, serial).Fill(0x000A, 2).U16(0x000C, 0x030F).U16(0x000D, 0x0310).U16(0x000E, 0x0301).U16(0x000F, 0x0000)
            .U16(0x0010, (9 << 8) | (towers << 4) | modules).U16(0x0011, (type << 8) | 1).U16(0x0012, 0x0100).Fill(0x0013, 0x50)
            .Fill(0x0500, 21).U16(0x0500, 62).U16(0x0501, 332).U16(0x0502, 331).U16(0x0503, 99).S16(0x0504, -52).U16(0x0505, 42_560)
            .U32LowFirst(0x0511, 35_123).U32LowFirst(0x0513, 31_234);
        return device;
    }
}
