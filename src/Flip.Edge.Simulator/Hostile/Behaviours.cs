namespace Flip.Edge.Simulator.Hostile;

/// <summary>All hostile behaviours by name.</summary>
public static class Behaviours
{
    public static IReadOnlyList<DeviceBehaviour> All { get; } = [.. WireBehaviours.All, .. DataBehaviours.All];

    /// <summary>Null when none has that name.</summary>
    public static DeviceBehaviour? Find(string name) => All.FirstOrDefault(behaviour => behaviour.Name == name);
}
