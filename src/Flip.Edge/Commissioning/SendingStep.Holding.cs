namespace Flip.Edge.Commissioning;

/// <content>A request that can't be sent, because the gateway has nothing to show Flip.</content>
internal sealed partial class SendingStep
{
    private bool _isHeld;

    /// <summary>Without a credential nothing is sent, and so nothing is a try: none is counted, and no back-off grows.</summary>
    private async Task HoldAsync(OutboxEntry entry, StateReason reason, CancellationToken stopping)
    {
        _isHeld = true;
        _wait.Hold(CredentialWatch.WhileUnusable);
        if (store.Current is { LacksCredential: true } held && held.Reason == reason) return;
        await StopAsync(entry, reason, stopping);
    }

    private void GoOn()
    {
        store.CredentialIsThere();
        // A start keeps its jitter: it may have been the whole fleet's.
        if (_isHeld) _wait.Hold(TimeSpan.Zero);
    }
}
