using Flip.Edge.Cloud;
using Flip.Edge.Enrollment;
using Flip.Edge.Storage;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Commissioning;

/// <summary>One try to hand the frozen request to Flip, after the wait that is due before it.</summary>
internal sealed partial class SendingStep(
    CommissioningStore store, IFlipClient flip, RetryPolicy retry, ClockTrust clock, AttemptCounts counts, TimeProvider time,
    ILogger<SendingStep> log)
{
    /// <summary>
    /// How long a try may go on after the service was told to stop. An answer that is on its way saves a reconciliation later.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan PauseForDisk = TimeSpan.FromSeconds(10);

    private readonly ChangeSignal _tryNow = new();

    // The wait in monotonic time; null at start, when only the hint on the disk is left.
    private TimeSpan? _wait;
    private bool _flipAskedToWait;

    /// <summary>Somebody is there and asks again: the next try comes at once, unless Flip itself asked for the wait.</summary>
    public void TryNow() => _tryNow.Raise();

    public async Task RunAsync(OutboxEntry entry, CancellationToken stopping)
    {
        if (!clock.IsTrusted)
        {
            // With a wrong date every certificate looks expired or not yet valid.
            store.Move(CommissioningState.Queued, StateReason.Clock);
            await clock.WaitAsync(stopping);
        }

        TimeSpan wait = _wait ?? (entry.Attempts == 0 ? TimeSpan.Zero : AfterRestart(entry));
        if (wait > TimeSpan.Zero) await WaitAsync(wait, stopping);

        // A power cut from here to EndAttempt leaves "sending" on the disk: the try's outcome is then unknown.
        store.BeginAttempt(entry.Key);
        int attempt = entry.Attempts + 1;
        LogSending(entry.Key, attempt);
        CommissionOutcome outcome = await SendAsync(entry, stopping);
        counts.Add(outcome.Name);
        if (outcome is CommissionOutcome.Commissioned commissioned)
        {
            await CommissionedAsync(entry, commissioned, stopping);
            return;
        }

        Verdict verdict = OutcomePolicy.Decide(outcome, mayHaveArrivedBefore: entry.UnknownTries > 0);
        _wait = verdict.TriesAgain ? retry.Delay(attempt, verdict.RetryAfter) : null;
        _flipAskedToWait = verdict.RetryAfter > TimeSpan.Zero;
        DateTimeOffset? next = _wait is { } delay ? time.GetUtcNow() + delay : null;
        TryResult result = new(outcome.Name, OutcomePolicy.Detail(outcome), outcome.MayHaveArrived);
        await WriteDownAsync(() => store.EndAttempt(entry.Key, result, next, verdict.State, verdict.Reason), stopping);
        if (next is null) LogGivenUp(attempt, outcome.Name, verdict.Reason.Sentence);
        else LogRetry(attempt, outcome.Name, verdict.Reason.Sentence, _wait!.Value.TotalSeconds);
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken stopping)
    {
        Task due = Task.Delay(wait, time, stopping);
        await (_flipAskedToWait ? due : await Task.WhenAny(due, _tryNow.Next));
    }

    private async Task<CommissionOutcome> SendAsync(OutboxEntry entry, CancellationToken stopping)
    {
        using CancellationTokenSource abandon = new();
        await using CancellationTokenRegistration registration = stopping.Register(() => abandon.CancelAfter(Grace));
        return await flip.CommissionAsync(entry.Body ?? throw new StorageException($"request {entry.Key} has no body, and is not settled"), abandon.Token);
    }

    /// <summary>
    /// Writes an answer down, however long the disk takes to let us: given up, it would be asked for again, and the second answer to a
    /// commission is a 409.
    /// </summary>
    private async Task WriteDownAsync(Action write, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                write();
                return;
            }
            catch (Exception full) when (full is SqliteException or StorageException)
            {
                LogNotWritten(full, PauseForDisk.TotalSeconds);
            }

            await Task.Delay(PauseForDisk, time, stopping);
        }
    }

    private async Task CommissionedAsync(OutboxEntry entry, CommissionOutcome.Commissioned outcome, CancellationToken stopping)
    {
        CommissionResponse answer = outcome.Response;
        EnrollmentState state = new(
            entry.SiteId,
            [.. entry.Devices.Select(device => device.Id)],
            answer.Programs,
            // The answers to a program's form can hold the homeowner's account number: no worker needs them.
            answer.Enrollment is { } enrollment ? enrollment with { ProgramSpecificAttributes = [] } : null);
        long version = 0;
        await WriteDownAsync(() => version = store.Commissioned(entry.Key, outcome.Sentence, EnrollmentText.Write(state)), stopping);
        _wait = null;
        await WriteDownAsync(store.Forget, stopping);
        LogCommissioned(entry.SiteId, answer.Enrollment?.Status?.ToString() ?? "none", version);
    }

    // A restart may have been the whole fleet's: spread by jitter, unless the disk says when the next try is due.
    private TimeSpan AfterRestart(OutboxEntry entry) =>
        entry.NextAttemptAt is null ? retry.Delay(entry.Attempts, null) : retry.Remaining(entry.NextAttemptAt, time.GetUtcNow());

    [LoggerMessage(210, LogLevel.Information, "Sending commission request {Key}, try {Attempt}")]
    private partial void LogSending(string key, int attempt);

    [LoggerMessage(211, LogLevel.Warning, "Try {Attempt} ended {Outcome}: {Reason} Next try in {Seconds:0.0} s")]
    private partial void LogRetry(int attempt, string outcome, string reason, double seconds);

    [LoggerMessage(212, LogLevel.Error, "Try {Attempt} ended {Outcome}, and a person is needed: {Reason}")]
    private partial void LogGivenUp(int attempt, string outcome, string reason);

    [LoggerMessage(214, LogLevel.Error, "Flip's answer can't be written down; the daemon keeps it and tries again in {Seconds} s. Free some space in Gateway:DataDirectory")]
    private partial void LogNotWritten(Exception exception, double seconds);

    [LoggerMessage(213, LogLevel.Information, "Site {Site} is commissioned; enrollment {Enrollment}, version {Version}")]
    private partial void LogCommissioned(string site, string enrollment, long version);
}
