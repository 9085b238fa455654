using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Storage;

namespace Flip.Edge.Enrollment;

/// <summary>
/// Keeps the enrollment as Flip has it, because no webhook reaches a gateway: asks at once after a commission and on demand, soon after a
/// change, and ever more rarely while nothing changes. What it learns is on the disk before anybody sees it.
/// </summary>
internal sealed partial class EnrollmentRefresher(
    IEnrollmentFeed feed, EnrollmentStore store, EnrollmentFreshness freshness, IFlipSites sites, EnrollmentSettings settings, RetryPolicy retry,
    ClockTrust clock, ChangeSignal changes, TimeProvider time, Func<double> random, ILogger<EnrollmentRefresher> log) : BackgroundService
{
    /// <summary>Asked more often than this, it answers with what it learned last.</summary>
    public static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StartSpread = TimeSpan.FromMinutes(5);
    private readonly ChangeSignal _asked = new();
    private readonly RetryPace _pace = retry.NewPace();
    private TimeSpan _interval = settings.FirstRefresh;
    private long _version;
    private bool _flipAskedToWait;

    /// <summary>Somebody wants to know now.</summary>
    public void RefreshNow() => _asked.Raise();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        freshness.Load();

        // A whole region that comes back from a power cut must not ask all at once; a site that is commissioned while we run is asked for at once.
        TimeSpan wait = feed.Latest is null ? TimeSpan.Zero : random() * (settings.FirstRefresh < StartSpread ? settings.FirstRefresh : StartSpread);
        _version = feed.Latest?.Version ?? 0;
        while (true)
        {
            await CommissionedAsync(stoppingToken);
            await WaitAsync(wait, stoppingToken);
            await clock.WaitAsync(stoppingToken);
            wait = await RefreshAsync(stoppingToken);
        }
    }

    private async Task CommissionedAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            Task next = changes.Next;
            if (feed.Latest is not null) return;
            await next.WaitAsync(stoppingToken);
        }
    }

    /// <summary>Waits for the interval, somebody who asks, or a commission.</summary>
    private async Task WaitAsync(TimeSpan wait, CancellationToken stoppingToken)
    {
        freshness.Next(time.GetUtcNow() + wait);
        changes.Raise();
        long began = time.GetTimestamp();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task due = Task.Delay(wait, time, end.Token);
        Task asked = _asked.Next;
        while (!due.IsCompleted)
        {
            Task next = changes.Next;
            if (feed.Latest?.Version is { } version && version != _version)
            {
                // Commissioned anew: what comes next is interesting.
                _version = version;
                _interval = settings.FirstRefresh;
                break;
            }

            if (await Task.WhenAny(due, asked, next) == asked && !_flipAskedToWait)
            {
                TimeSpan since = time.GetElapsedTime(began);
                if (since < LeastPause && wait > LeastPause) await Task.Delay(LeastPause - since, time, stoppingToken);
                break;
            }

            if (asked.IsCompleted) asked = _asked.Next;
        }

        await end.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    /// <summary>Asks once.</summary>
    /// <returns>How long to wait before the next question.</returns>
    internal async Task<TimeSpan> RefreshAsync(CancellationToken stoppingToken)
    {
        try
        {
            EnrollmentSnapshot asked = feed.Latest!;
            EnrollmentState state = asked.State;
            _version = asked.Version;
            FlipAnswer<SiteRecord?> answer = await sites.FindAsync(state.SiteId, stoppingToken);
            _flipAskedToWait = false;
            switch (answer)
            {
                case FlipAnswer<SiteRecord?>.Given { Value: { } site }:
                    _pace.Reset();
                    EnrollmentState now = state with { Enrollment = CurrentEnrollment.Of(site.Enrollments) };
                    Learned(now with { Programs = await ProgramsAsync(now, stoppingToken) }, asked);
                    break;
                case FlipAnswer<SiteRecord?>.Given:
                    _pace.Reset();
                    Fails("site_unknown", $"Flip says that it has no site {state.SiteId}; what it last said of the enrollment stands here. Ask Flip; flip-edge commission --again {state.SiteId} commissions it anew");
                    Slower(settings.OpenRefresh);
                    break;
                case FlipAnswer<SiteRecord?>.Failed { Why: var why }:
                    Verdict verdict = OutcomePolicy.Decide(why);
                    _flipAskedToWait = verdict.RetryAfter > TimeSpan.Zero;
                    Fails(why.Name, $"{why.Sentence} {OutcomePolicy.Detail(why)}");
                    return _pace.Failed(verdict.IsCrowded, verdict.RetryAfter);
            }
        }
        catch (Exception failed) when (failed is Microsoft.Data.Sqlite.SqliteException or StorageException)
        {
            Fails("storage", $"the enrollment could not be written down: {failed.Message}");
            return _pace.Failed(crowded: false, null);
        }

        return _interval * (0.75 + (random() / 2));
    }

    /// <summary>
    /// The programs that are known; asked for anew when the enrollment is in one that is not among them, as after a commission that was
    /// found by asking. When Flip does not tell them, the next refresh asks again.
    /// </summary>
    private async Task<IReadOnlyList<FlipProgram>> ProgramsAsync(EnrollmentState state, CancellationToken stoppingToken)
    {
        if (state.Enrollment?.ProgramId is not { } id || state.Programs.Any(program => program.Id == id)) return state.Programs;

        // The ZIP code was the homeowner's, and is gone.
        FlipAnswer<IReadOnlyList<FlipProgram>> answer = await sites.ProgramsAsync(state.SiteId, null, stoppingToken);
        return answer is FlipAnswer<IReadOnlyList<FlipProgram>>.Given { Value: { Count: > 0 } programs } ? programs : state.Programs;
    }

    private void Learned(EnrollmentState now, EnrollmentSnapshot asked)
    {
        EnrollmentState before = asked.State;
        if (IsSame(now.Enrollment, before.Enrollment) && now.Programs.Count == before.Programs.Count)
        {
            Slower(IsSettled(now.Enrollment) ? settings.SettledRefresh : settings.OpenRefresh);
            freshness.Confirmed(time.GetUtcNow(), "unchanged");
            return;
        }

        // Commissioned again while Flip was asked: this answer belongs to what was before, and the next question comes at once.
        if (store.AppendAfter(asked.Version, time.GetUtcNow(), EnrollmentText.Write(now)) is not { } version) return;
        _version = version;
        _interval = settings.FirstRefresh;
        freshness.Confirmed(time.GetUtcNow(), "changed");
        LogChanged(now.SiteId, before.Enrollment?.Status?.ToString() ?? "none", now.Enrollment?.Status?.ToString() ?? "none",
            now.Enrollment?.StatusReason ?? "no reason told", _version);
        changes.Raise();
    }

    private void Slower(TimeSpan longest) => _interval = _interval * 2 < longest ? _interval * 2 : longest;

    private void Fails(string outcome, string reason)
    {
        // One line when it begins to fail, none for each question after that.
        if (freshness.Now.LastOutcome != outcome) LogFails(outcome, reason);
        freshness.Failed(outcome, reason);
    }

    private static bool IsSettled(Cloud.Enrollment? enrollment) =>
        enrollment?.Status is { } status && (status == EnrollmentStatus.Active || status == EnrollmentStatus.Rejected || status == EnrollmentStatus.Unenrolled);

    // Fields that this version does not know are kept, but are no news by themselves: one that changes with every answer would wear the flash.
    private static bool IsSame(Cloud.Enrollment? one, Cloud.Enrollment? other) =>
        EnrollmentText.Write(Known(one)) == EnrollmentText.Write(Known(other));

    private static EnrollmentState Known(Cloud.Enrollment? enrollment) =>
        new("", [], [], enrollment is null ? null : enrollment with { OtherFields = null });

    [LoggerMessage(250, LogLevel.Information, "Enrollment of site {Site}: {Before} became {Now} ({Reason}), version {Version}")]
    private partial void LogChanged(string site, string before, string now, string reason, long version);

    [LoggerMessage(251, LogLevel.Warning, "The enrollment can't be refreshed ({Outcome}): {Reason}")]
    private partial void LogFails(string outcome, string reason);
}
