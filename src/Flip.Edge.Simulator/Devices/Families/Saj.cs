namespace Flip.Edge.Simulator.Devices.Families;

/// <summary>SAJ H1 and H2: identity at 0x8F00, battery at 0xA000, told in volts and amperes.</summary>
public static class Saj
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        DeviceImage.OfFamily("saj", "saj", "H2 with one battery of 204.8 V that takes 20 A and gives 25 A; its capacity has no known unit",
            () => Inverter("H2S2602J2223E01234", battery: true)),
        DeviceImage.OfFamily("saj-h1", "saj", "H1, which refuses the block of the batteries", () => Inverter("HSR2502J2117E04321", battery: false)),
    ];

    private static DeviceTables Inverter(string serial, bool battery)
    {
        DeviceTables device = new();
        var holding = device.Holding(1).U16(0x8F00, 49).U16(0x8F01, 5).U16(0x8F02, 1058).Text(0x8F03, 10, serial).Text(0x8F0D, 10, "R12PC00123")
            .U16(0x8F17, 1015).U16(0x8F18, 2031).U16(0x8F19, 1007).U16(0x8F1A, 1000).U16(0x8F1B, 1000).U16(0x8F1C, 1000)
            .Fill(16_384, 250).U16(16_495, 6200).S16(16_544, 820).S16(16_549, 3450).S16(16_550, -1200).S16(16_557, -120);
        if (!battery) return device;
        holding.Fill(0xA000, 56).U16(0xA000, 1).U16(0xA001, 100).U16(0xA00A, 100).U16(0xA00B, 1).U16(0xA00C, 6200).U16(0xA00D, 9900)
            .U16(0xA00E, 2048).S16(0xA00F, 580).S16(0xA010, 231).U16(0xA011, 42).U16(0xA036, 250).U16(0xA037, 200);
        return device;
    }
}
