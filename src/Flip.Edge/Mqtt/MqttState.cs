namespace Flip.Edge.Mqtt;

/// <summary>How it stands with the broker.</summary>
internal sealed class MqttState(bool isEnabled, ChangeSignal changes)
{
    private volatile Standing _now = new(false, isEnabled ? "not connected yet" : null, null);

    /// <summary>Whether a broker is configured at all.</summary>
    public bool IsEnabled => isEnabled;

    public bool IsConnected => _now.IsConnected;

    /// <summary>Why it is not connected: a sentence. Null while it is, and where there is none.</summary>
    public string? Reason => _now.Reason;

    /// <summary>The file that systemd copied at the start, where that is why: to mend it needs a restart. Null elsewhere.</summary>
    public string? CopyOf => _now.CopyOf;

    /// <summary>Ends the pause before the next connect: a person says that something was mended.</summary>
    public ChangeSignal TryAgain { get; } = new();

    public void Connected() => Become(new(true, null, null));

    public void Lost(string reason, string? copyOf) => Become(new(false, reason, copyOf));

    private void Become(Standing next)
    {
        if (_now == next) return;
        _now = next;
        changes.Raise();
    }

    private sealed record Standing(bool IsConnected, string? Reason, string? CopyOf);
}
