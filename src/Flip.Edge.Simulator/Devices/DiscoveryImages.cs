using static Flip.Edge.Simulator.Devices.ImageParts;

namespace Flip.Edge.Simulator.Devices;

/// <summary>The hybrid where, or as, a reader may fail to find its way along the models.</summary>
internal static class DiscoveryImages
{
    public static IReadOnlyList<DeviceImage> All { get; } =
    [
        new("l65", "the hybrid with a common model of 65 registers, which moves every later model by one",
            () => HybridImages.Hybrid(new SunSpecMapBuilder(40000), Common().CutTo(65)).BuildWithEnd()),
        new("base-0", "the hybrid at base address 0", () => HybridImages.Hybrid(new SunSpecMapBuilder(0)).BuildWithEnd()),
        new("base-50000", "the hybrid at base address 50000", () => HybridImages.Hybrid(new SunSpecMapBuilder(50000)).BuildWithEnd()),
        new("no-end-marker", "the hybrid whose registers stop after the last model",
            () => HybridImages.Hybrid(new SunSpecMapBuilder(40000)).BuildWithoutEnd()),
        new("not-sunspec", "a device with registers at 0, 40000 and 50000, and no SunSpec marker", NotSunSpec),
    ];

    private static DeviceRegisters NotSunSpec()
    {
        var map = new DeviceRegisters();
        foreach (var start in (ReadOnlySpan<int>)[0, 40000, 50000])
        {
            for (var i = 0; i < 200; i++) map.Define((ushort)(start + i), (ushort)(i * 37 + 11));
        }

        return map;
    }
}
