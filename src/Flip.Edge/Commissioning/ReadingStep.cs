using Flip.Edge.Cloud;
using Flip.Edge.Configuration;
using Flip.Edge.Monitoring;
using Flip.Edge.Storage;

namespace Flip.Edge.Commissioning;

/// <summary>From an accepted wish to a frozen request: reads every device anew, and waits for those that don't answer.</summary>
internal sealed partial class ReadingStep(
    EdgeSettings settings, CommissioningStore store, DeviceWatch devices, ClockTrust clock, ChangeSignal changes, TimeProvider time,
    ILogger<ReadingStep> log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!clock.IsTrusted)
        {
            store.Move(CommissioningState.Waiting, StateReason.Clock);
            await clock.WaitAsync(cancellationToken);
        }

        IReadOnlyList<long> tickets = devices.Refresh();

        // While a device has been silent, its retries are not announced as readings: each state is written to flash.
        if (store.Current.Reason?.Code is not ("device" or "nameplate")) store.Move(CommissioningState.Reading, StateReason.Reading);
        while (true)
        {
            Task next = changes.Next;
            IReadOnlyList<DeviceStatus> statuses = devices.Statuses;
            if (statuses.Zip(tickets, (status, ticket) => status.Ticket >= ticket).All(fresh => fresh) && await TryFreezeAsync(statuses, cancellationToken)) return;
            await next.WaitAsync(cancellationToken);
        }
    }

    private async Task<bool> TryFreezeAsync(IReadOnlyList<DeviceStatus> statuses, CancellationToken cancellationToken)
    {
        DeviceStatus[] silent = [.. statuses.Where(status => status.State is DeviceState.Unreachable or DeviceState.Unreadable)];
        if (silent.Length > 0)
        {
            store.Move(CommissioningState.Waiting, StateReason.Device(string.Join("; ", silent.Select(status => $"{status.Device.Id}: {status.Reason}"))));
            return false;
        }

        DeviceStatus[] needy = [.. statuses.Where(status => status.State != DeviceState.Ok)];
        if (needy.Length > 0)
        {
            store.Move(CommissioningState.Attention, new("nameplate", string.Join("; ", needy.Select(status => $"device {status.Device.Id}: {status.Reason}"))));
            return false;
        }

        FrozenRequest frozen = FrozenRequest.Make(
            settings, [.. statuses.Select(status => status.Nameplate!)], time.GetUtcNow(), out IReadOnlyList<ContractError> errors);
        if (errors.Count > 0)
        {
            // Only a change of the configuration, and so a restart, can mend this.
            store.Move(CommissioningState.Attention, new("site_data",
                $"Flip would refuse this request: {string.Join("; ", errors)}. Correct the configuration and restart the service; it goes on by itself"));
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        store.Freeze(frozen);
        LogFrozen(frozen.Key, frozen.Body.Length, frozen.Digest);
        return true;
    }

    [LoggerMessage(200, LogLevel.Information, "Commission request {Key} is frozen: {Bytes} bytes, SHA-256 {Digest}")]
    private partial void LogFrozen(string key, int bytes, string digest);
}
