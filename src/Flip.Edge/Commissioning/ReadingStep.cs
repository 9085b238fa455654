using Flip.Edge.Cloud;
using Flip.Edge.Configuration;
using Flip.Edge.Monitoring;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;

namespace Flip.Edge.Commissioning;

/// <summary>From an accepted wish to a frozen request: reads every device anew, and waits for those that don't answer.</summary>
internal sealed partial class ReadingStep(
    CurrentSettings settings, CommissioningStore store, DeviceWatch devices, ClockTrust clock, ChangeSignal changes, TimeProvider time,
    ILogger<ReadingStep> log)
{
    private EdgeSettings? _before;
    private string? _told;

    /// <summary>Returns when the request is frozen, or when the settings were replaced meanwhile: then it has to be called again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        EdgeSettings now = settings.Now;
        if (!MayDate(now))
        {
            HoldUp(CommissioningState.Waiting, clock.IsTrusted ? StateReason.Date : StateReason.Clock);
            using (Progress.Waiting("for the clock")) await ClockOrReloadAsync(now, cancellationToken);
            return;
        }

        IReadOnlyList<long> tickets = devices.Refresh();

        // While a device has been silent, its retries are not announced as readings: each state is written to flash. With other settings what
        // was asked of a person may have been typed, and is not shown any longer.
        bool isReloaded = _before is { } before && IsReplaced(before);
        _before = now;
        if (isReloaded || store.Current.Reason?.Code is not ("device" or "nameplate")) store.Move(CommissioningState.Reading, StateReason.Reading);
        while (true)
        {
            Task next = changes.Next;
            if (IsReplaced(now)) return;
            IReadOnlyList<DeviceStatus> statuses = devices.Statuses;

            // A reload may have replaced the devices since: each reading has to belong to the settings it is sent with.
            bool isFresh = statuses.Select(status => status.Device).SequenceEqual(now.Devices)
                && statuses.Zip(tickets, (status, ticket) => status.Ticket >= ticket).All(fresh => fresh);
            if (isFresh && TryFreeze(now, statuses)) return;
            using (Progress.Waiting("for the devices")) await next.WaitAsync(cancellationToken);
        }
    }

    private bool IsReplaced(EdgeSettings before)
    {
        EdgeSettings now = settings.Now;
        return !ReferenceEquals(now.Devices, before.Devices) || now.Site != before.Site || now.Commissioning != before.Commissioning;
    }

    private async Task ClockOrReloadAsync(EdgeSettings now, CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task set = clock.WaitForDateAsync(end.Token);
        while (true)
        {
            Task next = changes.Next;
            if (set.IsCompleted || IsReplaced(now)) break;
            await Task.WhenAny(set, next);
        }

        await end.CancelAsync();
        await set.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    // The install date is the only date in the request, and only where none is configured.
    private bool MayDate(EdgeSettings now) => clock.IsTrusted && (clock.MayDate || now.Devices.All(device => device.InstallDate is not null));

    private bool TryFreeze(EdgeSettings now, IReadOnlyList<DeviceStatus> statuses)
    {
        if (store.Current.Outbox is { SettledAs: "commissioned" } done && done.SiteId != now.Site.Id)
        {
            // Asked for by its name, and the configuration was changed since: the same battery must not stand at a second site.
            HoldUp(CommissioningState.Attention, new("site_data",
                $"site {done.SiteId} is to be commissioned again, and Site:Id is {now.Site.Id}. Correct Site:Id and run flip-edge reload; it goes on by itself"));
            return false;
        }

        DeviceStatus[] silent = [.. statuses.Where(status => status.State is DeviceState.Unreachable or DeviceState.Unreadable)];
        if (silent.Length > 0)
        {
            HoldUp(CommissioningState.Waiting, StateReason.Device(string.Join("; ", silent.Select(status => $"{status.Device.Id}: {status.Reason}"))));
            return false;
        }

        DeviceStatus[] needy = [.. statuses.Where(status => status.State != DeviceState.Ok)];
        if (needy.Length > 0)
        {
            HoldUp(CommissioningState.Attention, new("nameplate", string.Join("; ", needy.Select(status => $"device {status.Device.Id}: {status.Reason}"))));
            return false;
        }

        FrozenRequest frozen = FrozenRequest.Make(
            now, [.. statuses.Select(status => status.Nameplate!)], time.GetUtcNow(), out IReadOnlyList<ContractError> errors);
        if (errors.Count > 0)
        {
            // Only new settings can mend this; they come with a reload or over the endpoint.
            HoldUp(CommissioningState.Attention, new("site_data",
                $"Flip would refuse this request: {string.Join("; ", errors)}. Correct the configuration and run flip-edge reload, or give the site's data with flip-edge site; it goes on by itself"));
            return false;
        }

        lock (settings.Freezing)
        {
            if (IsReplaced(now)) return false;
            store.Freeze(frozen);
        }

        _told = null;
        LogFrozen(frozen.Key, frozen.Body.Length, frozen.Digest);
        return true;
    }

    // A silent device's words differ from try to try, and its monitor has lines of its own: a wait is told once.
    private void HoldUp(CommissioningState state, StateReason reason)
    {
        store.Move(state, reason);
        string held = state == CommissioningState.Attention ? reason.Sentence : reason.Code;
        if (held == _told) return;
        _told = held;
        if (state == CommissioningState.Attention) LogPerson(reason.Sentence);
        else LogHeldUp(reason.Sentence);
    }

    [LoggerMessage(200, LogLevel.Information, "Commission request {Key} is frozen: {Bytes} bytes, SHA-256 {Digest}")]
    private partial void LogFrozen(string key, int bytes, string digest);

    [LoggerMessage(201, LogLevel.Information, "The commissioning is held up, and goes on by itself: {Reason}")]
    private partial void LogHeldUp(string reason);

    [LoggerMessage(202, LogLevel.Error, "The commissioning is held up, and a person is needed: {Reason}")]
    private partial void LogPerson(string reason);
}
