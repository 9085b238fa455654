namespace Flip.Edge.Simulator.Hostile;

/// <summary>What devices, adapters and lines do to frames and connections.</summary>
internal static class WireBehaviours
{
    public static IReadOnlyList<DeviceBehaviour> All { get; } = [];
}
