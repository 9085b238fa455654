using Flip.Edge.Simulator.Hostile.Data;

namespace Flip.Edge.Simulator.Hostile;

/// <summary>What devices say wrongly. Devices that are wrong in themselves are images; see <see cref="Devices.DeviceImages"/>.</summary>
internal static class DataBehaviours
{
    public static IReadOnlyList<DeviceBehaviour> All { get; } = [.. MovedData.All, .. WrongValues.All, .. WrongShapes.All];
}
