namespace Flip.Edge.Simulator.Hostile;

/// <summary>What devices say wrongly.</summary>
internal static class DataBehaviours
{
    public static IReadOnlyList<DeviceBehaviour> All { get; } = [];
}
