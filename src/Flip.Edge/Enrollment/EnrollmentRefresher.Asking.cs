using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Storage;

namespace Flip.Edge.Enrollment;

/// <content>One question, and what is done with its answer.</content>
internal sealed partial class EnrollmentRefresher
{
    /// <summary>Asks once.</summary>
    /// <returns>How long to wait before the next question.</returns>
    internal async Task<TimeSpan> RefreshAsync(CancellationToken stoppingToken)
    {
        try
        {
            EnrollmentSnapshot newest = feed.Latest!;
            EnrollmentState state = newest.State;
            _version = newest.Version;
            FlipAnswer<SiteRecord?> answer = await sites.FindAsync(state.SiteId, stoppingToken);
            _flipAskedToWait = false;
            switch (answer)
            {
                case FlipAnswer<SiteRecord?>.Given { Value: { } site }:
                    _pace.Reset();
                    EnrollmentState now = state with { Enrollment = CurrentEnrollment.Of(site.Enrollments) };
                    Learned(now with { Programs = await ProgramsAsync(now, stoppingToken) }, newest);
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
                    TimeSpan pause = _pace.Failed(verdict.IsCrowded, verdict.RetryAfter);
                    // A revoked token is the whole fleet's, and nothing urgent waits for this: whoever replaces it can ask for a refresh.
                    return why is CommissionOutcome.Unauthorized && pause < settings.OpenRefresh ? settings.OpenRefresh * (0.75 + (random() / 2)) : pause;
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
        if (!EnrollmentNews.LacksProgram(state)) return state.Programs;

        // The ZIP code was the homeowner's, and is gone.
        FlipAnswer<IReadOnlyList<FlipProgram>> answer = await sites.ProgramsAsync(state.SiteId, null, stoppingToken);
        return answer is FlipAnswer<IReadOnlyList<FlipProgram>>.Given { Value: { Count: > 0 } programs } ? programs : state.Programs;
    }

    private void Learned(EnrollmentState now, EnrollmentSnapshot newest)
    {
        EnrollmentState before = newest.State;
        bool isChanged = !EnrollmentNews.IsSame(now.Enrollment, before.Enrollment) || !now.Programs.Select(program => program.Id).SequenceEqual(before.Programs.Select(program => program.Id));

        // Commissioned anew while Flip was asked, perhaps with another battery: what was learned is not of what there is. The next wait
        // sees the new version, and ends at once.
        if (!isChanged)
        {
            if (feed.Latest?.Version != newest.Version) return;
            Slower(EnrollmentNews.IsSettled(now.Enrollment) ? settings.SettledRefresh : settings.OpenRefresh);
            freshness.Confirmed(time.GetUtcNow(), "unchanged");
            return;
        }

        if (store.AppendAfter(newest.Version, time.GetUtcNow(), EnrollmentText.Write(now)) is not { } version) return;
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

    [LoggerMessage(250, LogLevel.Information, "Enrollment of site {Site}: {Before} became {Now} ({Reason}), version {Version}")]
    private partial void LogChanged(string site, string before, string now, string reason, long version);

    [LoggerMessage(251, LogLevel.Warning, "The enrollment can't be refreshed ({Outcome}): {Reason}")]
    private partial void LogFails(string outcome, string reason);

    [LoggerMessage(252, LogLevel.Error, "Refreshing the enrollment failed unexpectedly; it goes on in {Seconds} s")]
    private partial void LogFailed(Exception exception, double seconds);
}
