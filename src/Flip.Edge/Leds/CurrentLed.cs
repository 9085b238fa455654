namespace Flip.Edge.Leds;

/// <summary>What the configured LED shows, or why it shows nothing.</summary>
/// <param name="Name">Its name under <c>/sys/class/leds</c>.</param>
/// <param name="Shows"><c>waiting</c>, <c>working</c>, <c>commissioned</c> or <c>attention</c>; null while it shows nothing of ours.</param>
/// <param name="Reason">Why it can't be used; null while it can.</param>
internal sealed record LedStatus(string Name, string? Shows, string? Reason);

/// <summary>The configured LED as it is now.</summary>
/// <param name="changes">Told when it shows something else, or can't be used.</param>
/// <param name="name">Its name; null where none is configured.</param>
internal sealed class CurrentLed(ChangeSignal changes, string? name)
{
    private volatile LedStatus? _now = name is null ? null : new(name, null, null);

    /// <summary>Null where none is configured.</summary>
    public LedStatus? Now => _now;

    public void Set(LedStatus now)
    {
        if (_now == now) return;
        _now = now;
        changes.Raise();
    }
}
