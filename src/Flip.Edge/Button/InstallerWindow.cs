namespace Flip.Edge.Button;

/// <summary>One opening of the window.</summary>
/// <param name="Number">Counted from 1, in this process.</param>
/// <param name="At">When, by the gateway's clock.</param>
/// <param name="By">Who: <c>button</c>.</param>
internal sealed record InstallerWindowOpening(long Number, DateTimeOffset At, string By);

/// <summary>
/// Somebody stands at the gateway and wants the installer's page. For now it is an event, in the log and at <c>GET /api/v1/events</c>.
/// </summary>
internal sealed class InstallerWindow(ChangeSignal changes, TimeProvider time)
{
    private readonly Lock _gate = new();

    /// <summary>The newest opening; null before the first. A new one raises the change signal.</summary>
    public InstallerWindowOpening? Latest { get; private set; }

    public void Open(string by)
    {
        lock (_gate) Latest = new((Latest?.Number ?? 0) + 1, time.GetUtcNow(), by);
        changes.Raise();
    }
}
