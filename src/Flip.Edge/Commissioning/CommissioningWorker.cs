using Flip.Edge.Configuration;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;

namespace Flip.Edge.Commissioning;

/// <summary>Takes the commissioning from state to state. It keeps nothing of its own: after a restart it goes on from the disk.</summary>
internal sealed partial class CommissioningWorker(
    CurrentSettings settings, CommissioningStore store, ReadingStep reading, SendingStep sending, GivenSite site, ChangeSignal changes, WorkerFaults faults,
    TimeProvider time, ILogger<CommissioningWorker> log) : BackgroundService
{
    private const string Name = "commissioning";
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);
    private bool _handedBack;
    private string? _failure;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host is up first: status and endpoint are there before anything happens.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Begin();
                while (!stoppingToken.IsCancellationRequested)
                {
                    await ProvedAsync(StepAsync(stoppingToken));
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A full disk or a fault of ours must not end the daemon: the endpoint tells, the log shows, and it goes on.
            catch (Exception failed)
#pragma warning restore CA1031
            {
                // Once, not at each try: a disk that stays full would be written to by the log every 10 s.
                if (failed.Message != _failure) LogFailed(failed, PauseAfterFailure.TotalSeconds);
                _failure = failed.Message;
                faults.Failed(Name, failed);
                using (Progress.Waiting("after a failure")) await Task.Delay(PauseAfterFailure, time, stoppingToken);
            }
        }
    }

    /// <summary>What a start changes: a refused request whose settings a person has changed is made anew; an automatic trigger pulls.</summary>
    private void Begin()
    {
        site.Load();
        CommissioningRecord record = store.Current;
        EdgeSettings now = settings.Now;
        if (record.IsReplaceableBy(FrozenRequest.SettingsDigestOf(now)) && store.Withdraw(record.Outbox!.Key, "configuration"))
        {
            LogWithdrawn(record.Outbox.Key);
        }

        if (record.State == CommissioningState.Commissioned && record.Outbox is { } done && done.SiteId != now.Site.Id)
        {
            LogOtherSite(done.SiteId, now.Site.Id);
        }

        if (now.Commissioning.Trigger == TriggerMode.Automatic && store.Request("automatic")) LogTriggered("automatic");
    }

    // A step that ends, or goes on for a while, works.
    private async Task ProvedAsync(Task step)
    {
        if (faults.Has(Name))
        {
            try
            {
                await step.WaitAsync(WorkerFaults.Proof, time);
            }
            catch (TimeoutException) when (!step.IsCompleted)
            {
                // A wait for a device or for Flip has no end of its own.
            }

            if (faults.Works(Name) is { } since) LogWorks(since);
        }

        await step;
        _failure = null;
    }

    private async Task StepAsync(CancellationToken stoppingToken)
    {
        Task next = changes.Next;
        CommissioningRecord record = store.Current;
        if (record.IsInFlight && !record.IsWaitingForAPerson)
        {
            _handedBack = false;
            await sending.RunAsync(record.Outbox!, stoppingToken);
            // Not by the state: somebody may have asked for it again already.
            if (store.Current.Outbox is { SettledAs: "commissioned" }) site.Load();
        }
        else if (record.IsRequested && record.State != CommissioningState.Commissioned)
        {
            await reading.RunAsync(stoppingToken);
        }
        else
        {
            await IdleAsync(next, stoppingToken);
        }
    }

    /// <summary>
    /// Waits for a change. What the start and the work before took in memory is handed back first: from here on the daemon mostly sleeps,
    /// for years, on a gateway with 256 MB.
    /// </summary>
    private async Task IdleAsync(Task change, CancellationToken stoppingToken)
    {
        using IDisposable? waiting = Progress.Waiting("for a trigger, a reload or a person");
        if (!_handedBack && await Task.WhenAny(change, Task.Delay(Settling, time, stoppingToken)) != change)
        {
            _handedBack = true;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        await change.WaitAsync(stoppingToken);
    }

    [LoggerMessage(220, LogLevel.Information, "Commissioning is triggered: {By}")]
    private partial void LogTriggered(string by);

    [LoggerMessage(221, LogLevel.Warning, "Request {Key} needed a person and is withdrawn, because the configuration was changed since; a new one is made")]
    private partial void LogWithdrawn(string key);

    [LoggerMessage(222, LogLevel.Warning, "This gateway is commissioned as site {Commissioned}; Site:Id in the configuration, {Configured}, is not used")]
    private partial void LogOtherSite(string commissioned, string configured);

    [LoggerMessage(223, LogLevel.Error, "Commissioning failed unexpectedly; it is tried again every {Seconds} s")]
    private partial void LogFailed(Exception exception, double seconds);

    [LoggerMessage(224, LogLevel.Information, "Commissioning works again; it had failed since {Since:O}")]
    private partial void LogWorks(DateTimeOffset since);
}
