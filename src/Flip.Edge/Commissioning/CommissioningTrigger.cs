using Flip.Edge.Configuration;
using Flip.Edge.Monitoring;
using Flip.Edge.Storage;

namespace Flip.Edge.Commissioning;

/// <summary>What came of a trigger.</summary>
internal enum TriggerAnswer
{
    /// <summary>It is on the disk, from now or from an earlier press: the gateway goes on by itself.</summary>
    Accepted,

    /// <summary>The site is commissioned already.</summary>
    AlreadyDone,

    /// <summary>A person has to act first; the status says how.</summary>
    NeedsAttention,

    /// <summary>Somebody wants another site commissioned again than the one that is.</summary>
    OtherSite,

    /// <summary>The site that is commissioned is not the one in the configuration, which the new request would be made of.</summary>
    OtherConfiguration,
}

/// <summary>The one way in for buttons, endpoints and commands. Pressed ten times, it is one commissioning.</summary>
internal sealed partial class CommissioningTrigger(
    CommissioningStore store, CurrentSettings settings, SendingStep sending, CredentialWatch credential, DeviceWatch devices, ILogger<CommissioningTrigger> log)
{
    /// <summary>Somebody wants the site commissioned. When this returns, a power cut loses nothing.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">It could not be written down, and so is not accepted.</exception>
    /// <exception cref="StorageException">As above.</exception>
    public async Task<TriggerAnswer> PullAsync(string by)
    {
        if (store.Current.State == CommissioningState.Commissioned) return TriggerAnswer.AlreadyDone;
        if (store.Request(by)) LogTriggered(by);

        // Small files, and whoever asks shall hear of them as they are now: they may have been put in place a moment ago.
        if (await credential.LookAsync(CancellationToken.None) is null) store.CredentialIsThere();

        // Whoever presses again has just mended something: don't let them wait for a back-off.
        sending.TryNow();
        if (store.Current.Reason?.Code is "device" or "nameplate") devices.Refresh();
        // A refused token needs attention too, but the press has just begun another try.
        return store.Current is { State: CommissioningState.Attention, Outbox: null or { IsSettled: true } or { NextAttemptAt: null } }
            ? TriggerAnswer.NeedsAttention
            : TriggerAnswer.Accepted;
    }

    /// <summary>
    /// Somebody wants a commissioned site commissioned again, and says which: after a battery was exchanged, or its record was lost at
    /// Flip. A site that is not commissioned is commissioned.
    /// </summary>
    /// <param name="by">Who.</param>
    /// <param name="siteId">The site as it is commissioned now.</param>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">It could not be written down, and so is not accepted.</exception>
    /// <exception cref="StorageException">As above.</exception>
    public async Task<TriggerAnswer> PullAgainAsync(string by, string siteId)
    {
        if (store.Current is not { State: CommissioningState.Commissioned, Outbox: { } done }) return await PullAsync(by);
        if (done.SiteId != siteId) return TriggerAnswer.OtherSite;

        // After a site that was given over the endpoint, the configuration may still hold the slip that was mended by it.
        if (settings.ConfiguredSite.Id != siteId) return TriggerAnswer.OtherConfiguration;
        if (store.RequestAgain(by)) LogAgain(siteId, by);
        return TriggerAnswer.Accepted;
    }

    [LoggerMessage(230, LogLevel.Information, "Commissioning is triggered: {By}")]
    private partial void LogTriggered(string by);

    [LoggerMessage(231, LogLevel.Warning, "Site {Site} is to be commissioned again: {By}")]
    private partial void LogAgain(string site, string by);
}
