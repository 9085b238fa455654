using Flip.Edge.Simulator.Devices.Families;

namespace Flip.Edge.Simulator.Devices;

/// <summary>All simulated devices by name.</summary>
public static class DeviceImages
{
    public const string Default = "hybrid";

    public static IReadOnlyList<DeviceImage> All { get; } =
        [.. HybridImages.All, .. DiscoveryImages.All, .. DifficultImages.All, .. FamilyImages.All];

    /// <summary>Null when no image has that name.</summary>
    public static DeviceImage? Find(string name) => All.FirstOrDefault(image => image.Name == name);
}
