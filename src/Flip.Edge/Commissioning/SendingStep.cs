using Flip.Edge.Cloud;
using Flip.Edge.Enrollment;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;

namespace Flip.Edge.Commissioning;

/// <summary>
/// One try to hand the frozen request to Flip, after the wait that is due before it. Where Flip may have the site already, it is asked
/// first.
/// </summary>
internal sealed partial class SendingStep(
    CommissioningStore store, IFlipClient flip, ReconcilingStep reconciling, RetryPolicy retry, ClockTrust clock, CredentialWatch credential, AttemptCounts counts,
    PatientDisk disk, TimeProvider time, ILogger<SendingStep> log)
{
    /// <summary>
    /// How long a try may go on after the service was told to stop. An answer that is on its way saves a reconciliation later.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    // An answer that contradicts itself this often is not going to change: a 409 for a site that Flip says it has not.
    private const int MostConflicts = 3;

    // A network or a relay that lets no question through may let the request through; the same bytes do no harm.
    private const int MostQuestionsInVain = 3;

    private readonly BetweenTries _wait = new(retry, time);

    // What was in the outbox when the process started: its wait goes on from the disk.
    private readonly string? _inherited = store.Current.Outbox is { IsSettled: false } open ? open.Key : null;

    private string? _key;
    private int _questionsInVain;

    /// <summary>Somebody is there and asks again: the next try comes at once, unless Flip itself asked for the wait.</summary>
    public void TryNow() => _wait.EndNow();

    public async Task RunAsync(OutboxEntry entry, CancellationToken stopping)
    {
        if (!clock.IsTrusted)
        {
            // With a wrong date every certificate looks expired or not yet valid.
            store.Move(CommissioningState.Queued, StateReason.Clock);
            using (Progress.Waiting("for the clock")) await clock.WaitAsync(stopping);
        }

        // Not before: by a clock of 1970, what is left of a Retry-After would be a day.
        if (entry.Key != _key) Begin(entry);
        if (store.Current.LacksCredential && await credential.LookAsync(stopping) is null) GoOn();
        using (Progress.Waiting("for the next try")) await _wait.WaitAsync(stopping);
        if (IsWithdrawn(entry)) return;
        if (await credential.LookAsync(stopping) is { } missing)
        {
            await HoldAsync(entry, OutcomePolicy.NoCredential(missing), stopping);
            return;
        }

        _isHeld = false;
        if (entry.MustAsk)
        {
            if (!await AskAsync(entry, stopping)) return;
            if (entry.Body is null)
            {
                LogBodyLost(entry.Key);
                store.Supersede(entry.Key, "recovery", StateReason.Requested);
                return;
            }
        }

        await TryAsync(entry, flipHasNoSite: entry.MustAsk && _questionsInVain == 0, stopping);
    }

    private void Begin(OutboxEntry entry)
    {
        _key = entry.Key;
        _questionsInVain = 0;
        bool isInherited = entry.Key == _inherited;
        _wait.Begin(entry, isInherited);
        if (isInherited) LogInherited(entry.Key, _wait.Length.TotalSeconds);
    }

    /// <summary>A person may give a request up while it waits for its credential.</summary>
    private bool IsWithdrawn(OutboxEntry entry) => store.Current.Outbox is not { IsSettled: false } open || open.Key != entry.Key;

    private async Task TryAsync(OutboxEntry entry, bool flipHasNoSite, CancellationToken stopping)
    {
        // A power cut from here to EndAttempt leaves "sending" on the disk: the try's outcome is then unknown.
        if (!store.BeginAttempt(entry.Key, flipHasNoSite)) return;
        int attempt = entry.Attempts + 1;
        LogSending(entry.Key, attempt);
        ReadOnlyMemory<byte> body = entry.Body ?? throw new StorageException($"request {entry.Key} has no body, and is not settled");
        CommissionOutcome outcome = await WithGraceAsync(token => flip.CommissionAsync(body, token), stopping);
        counts.Add(outcome.Name);
        if (outcome is CommissionOutcome.Commissioned commissioned)
        {
            EnrollmentState state = new(
                entry.SiteId,
                [.. entry.Devices.Select(device => device.Id)],
                commissioned.Response.Programs,
                CurrentEnrollment.WithoutAnswers(commissioned.Response.Enrollment));
            await CommissionedAsync(entry, state, outcome.Sentence, stopping);
            return;
        }

        // The first 409 is settled by asking at once; one that comes back although Flip has no such site is given time.
        bool asksAtOnce = outcome is CommissionOutcome.Conflict && entry.Conflicts == 0;
        Verdict verdict = outcome is CommissionOutcome.Conflict conflict && !asksAtOnce
            ? OutcomePolicy.ConflictAgain(conflict, entry, flipHasNoSite)
            : OutcomePolicy.Decide(outcome);
        NextTry next = _wait.Schedule(verdict, asksAtOnce);
        TryResult result = new(outcome.Name, OutcomePolicy.Detail(outcome), outcome.MayHaveArrived);
        await disk.WriteAsync(() => store.EndAttempt(entry.Key, result, next, verdict.State, verdict.Reason), stopping);
        if (!verdict.TriesAgain) LogGivenUp(attempt, outcome.Name, verdict.Reason.Sentence);
        else if (verdict.State == CommissioningState.Attention) LogRetryAndPerson(attempt, outcome.Name, _wait.Length.TotalSeconds, verdict.Reason.Sentence);
        else LogRetry(attempt, outcome.Name, _wait.Length.TotalSeconds, verdict.Reason.Sentence);
    }

    private static async Task<T> WithGraceAsync<T>(Func<CancellationToken, Task<T>> talk, CancellationToken stopping)
    {
        using IDisposable? talking = Progress.Doing("talking to Flip", Progress.Conversation);
        using CancellationTokenSource abandon = new();
        await using CancellationTokenRegistration registration = stopping.Register(() => abandon.CancelAfter(Grace));
        return await talk(abandon.Token);
    }

    private async Task CommissionedAsync(OutboxEntry entry, EnrollmentState state, string sentence, CancellationToken stopping)
    {
        long version = 0;
        await disk.WriteAsync(() => version = store.Commissioned(entry.Key, sentence, EnrollmentText.Write(state)), stopping);
        await disk.WriteAsync(store.Forget, stopping);
        LogCommissioned(entry.SiteId, state.Enrollment?.Status?.ToString() ?? "none", version, sentence);
    }

    [LoggerMessage(210, LogLevel.Information, "Sending commission request {Key}, try {Attempt}")]
    private partial void LogSending(string key, int attempt);

    [LoggerMessage(211, LogLevel.Warning, "Try {Attempt} ended {Outcome}; it goes on in {Seconds:0.0} s. {Reason}")]
    private partial void LogRetry(int attempt, string outcome, double seconds, string reason);

    [LoggerMessage(226, LogLevel.Information, "Commission request {Key} was left open by the last run: it goes on in {Seconds:0.0} s, as all gateways of a street may have their power back at once")]
    private partial void LogInherited(string key, double seconds);

    [LoggerMessage(225, LogLevel.Error, "Try {Attempt} ended {Outcome}, and a person is needed; it is tried again in {Seconds:0.0} s. {Reason}")]
    private partial void LogRetryAndPerson(int attempt, string outcome, double seconds, string reason);

    [LoggerMessage(212, LogLevel.Error, "Try {Attempt} ended {Outcome}, and a person is needed: {Reason}")]
    private partial void LogGivenUp(int attempt, string outcome, string reason);

    [LoggerMessage(213, LogLevel.Information, "Site {Site} is commissioned; enrollment {Enrollment}, version {Version}. {Sentence}")]
    private partial void LogCommissioned(string site, string enrollment, long version, string sentence);

    [LoggerMessage(215, LogLevel.Information, "Asking Flip whether it has site {Site} already")]
    private partial void LogAsking(string site);

    [LoggerMessage(216, LogLevel.Warning, "Flip could not be asked about site {Site} ({Outcome}); it is asked again in {Seconds:0.0} s. {Reason}")]
    private partial void LogQuestion(string site, string outcome, double seconds, string reason);

    [LoggerMessage(217, LogLevel.Error, "Site {Site} needs a person: {Reason}")]
    private partial void LogStopped(string site, string reason);

    [LoggerMessage(218, LogLevel.Warning, "Flip can't be asked about site {Site} from here; the same request is sent again instead")]
    private partial void LogNotAskable(string site);

    [LoggerMessage(219, LogLevel.Warning, "Flip does not have all of request {Key}, and its body was lost with the database: the devices are read anew")]
    private partial void LogBodyLost(string key);
}
