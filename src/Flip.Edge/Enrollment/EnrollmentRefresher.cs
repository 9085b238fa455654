using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Logs;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;

namespace Flip.Edge.Enrollment;

/// <summary>
/// Keeps the enrollment as Flip has it, because no webhook reaches a gateway: asks at once after a commission and on demand, soon after a
/// change, and ever more rarely while nothing changes. What it learns is on the disk before anybody sees it.
/// </summary>
internal sealed partial class EnrollmentRefresher(
    IEnrollmentFeed feed, EnrollmentStore store, EnrollmentFreshness freshness, IFlipSites sites, EnrollmentSettings settings, RetryPolicy retry,
    ClockTrust clock, ChangeSignal changes, WorkerFaults faults, TimeProvider time, Func<double> random, ILogger<EnrollmentRefresher> log) : BackgroundService
{
    /// <summary>Asked more often than this, it answers with what it learned last.</summary>
    public static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(10);

    private const string Name = "enrollment";
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);
    private readonly ChangeSignal _asked = new();
    private readonly Novelty _told = new(time);
    private readonly RetryPace _pace = retry.NewPace();
    private TimeSpan _interval = settings.FirstRefresh;
    private long _version;
    private bool _flipAskedToWait;
    private bool _isAsking;

    /// <summary>Somebody wants to know now.</summary>
    public void RefreshNow() => _asked.Raise();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (true)
        {
            try
            {
                await KeepAsync(stoppingToken);
            }
#pragma warning disable CA1031 // A fault of ours, or a disk that can't be read, must not end the daemon: the log shows, and it goes on.
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                // It may stay so for years, and is tried every minute.
                if (_told.IsNews($"{failed.GetType().Name} {failed.Message}")) LogFailed(failed, PauseAfterFailure.TotalSeconds);
                faults.Failed(Name, failed);
            }

            using (Progress.Waiting("after a failure")) await Task.Delay(PauseAfterFailure, time, stoppingToken);
        }
    }

    private async Task KeepAsync(CancellationToken stoppingToken)
    {
        freshness.Load();
        TimeSpan wait = Begin();
        // What could not be read can. An answer that could not be dealt with is no better before the next one.
        if (!_isAsking) faults.Works(Name);
        while (true)
        {
            using (Progress.Waiting("for the commission")) await CommissionedAsync(stoppingToken);
            using (Progress.Waiting("for the next question")) await WaitAsync(wait, stoppingToken);
            using (Progress.Waiting("for the clock")) await clock.WaitAsync(stoppingToken);
            using (Progress.Doing("asking Flip for the enrollment", Progress.Conversation)) wait = await AskAsync(stoppingToken);
        }
    }

    private async Task<TimeSpan> AskAsync(CancellationToken stoppingToken)
    {
        _isAsking = true;
        TimeSpan wait = await RefreshAsync(stoppingToken);
        _isAsking = false;
        faults.Works(Name);
        return wait;
    }

    /// <summary>The wait before the first question. A site that is commissioned while we run is asked for at once.</summary>
    /// <remarks>
    /// A whole region that comes back from a power cut must not ask all at once, nor as often as after a change: a start is none. 100,000
    /// gateways with three requests each, over half an hour, are 170 a second. What Flip has not confirmed yet is asked for sooner.
    /// </remarks>
    private TimeSpan Begin()
    {
        if (feed.Latest is not { } newest) return TimeSpan.Zero;
        _version = newest.Version;
        bool isKnown = freshness.Now.CheckedAt is not null && !EnrollmentNews.LacksProgram(newest.State);
        _interval = isKnown ? settings.OpenRefresh : settings.FirstRefresh;
        return random() * (isKnown ? settings.OpenRefresh / 2 : settings.FirstRefresh);
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

            await Task.WhenAny(due, asked, next);
            if (!asked.IsCompleted) continue;
            if (!_flipAskedToWait)
            {
                TimeSpan since = time.GetElapsedTime(began);
                if (since < LeastPause && wait > LeastPause) await Task.Delay(LeastPause - since, time, stoppingToken);
                break;
            }

            asked = _asked.Next;
        }

        await end.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }
}
