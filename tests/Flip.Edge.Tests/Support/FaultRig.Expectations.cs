using Flip.Edge.Commissioning;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Status;
using Flip.Edge.Storage;

namespace Flip.Edge.Tests.Support;

/// <content>What every fault is asked: what the installer sees, what is stored, when the next try comes, and how it ends.</content>
internal sealed partial class FaultRig
{
    // For what is real: the sockets.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Long enough for a try that comes too early to be seen.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Begins a try, or the wait before it.</summary>
    public Task Begin() => _rig.Begin(_step);

    /// <summary>Somebody presses again.</summary>
    public void Press() => _step.TryNow();

    /// <summary>One try that is due at once.</summary>
    public Task TryAsync() => EndAsync(Begin());

    public static Task EndAsync(Task run) => run.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

    public static async Task UntilAsync(Func<bool> came)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!came())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "what the test waits for did not come");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    // Time passes, and whoever woke has a moment to act.
    private Task PassAsync(TimeSpan span)
    {
        Time.Advance(span);
        return Task.Delay(Glance, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    /// <summary>A try that is under way ends after this much time, and not before.</summary>
    public async Task EndsAfterAsync(Task run, TimeSpan wait)
    {
        await PassAsync(wait - Tick);
        Assert.False(run.IsCompleted, $"it was to end after {wait}, and is over before: {Status}");
        Time.Advance(Tick);
        await EndAsync(run);
    }

    /// <summary>What the installer is told now.</summary>
    public void Shows(string state, string? code, string words, int attempts, string? lastOutcome)
    {
        CommissioningStatus status = Status;
        Assert.Equal((state, code, attempts, lastOutcome), (status.State, status.ReasonCode, status.Attempts, status.LastOutcome));
        Assert.Contains(words, status.Reason, StringComparison.Ordinal);
        Assert.True(status.Requested);
        Assert.Equal(_rig.Request.Digest, status.RequestSha256);
    }

    /// <summary>What is on the disk while the request is open; the body is there as it was frozen, and nothing says that it is commissioned.</summary>
    public void Keeps(int unknownTries, bool askedToWait = false, int sites = 0)
    {
        OutboxEntry entry = new CommissioningStore(_rig.Outbox.Database, Time, new()).Current.Outbox!;
        Assert.Equal(_rig.Request.Body, entry.Body);
        Assert.Equal((unknownTries, askedToWait), (entry.UnknownTries, entry.IsAskedToWait));
        Assert.False(entry.IsSettled);
        Assert.Null(new EnrollmentStore(_rig.Outbox.Database).Latest());
        Assert.Equal(sites, Cloud.Ledger.Sites.Count);
    }

    /// <summary>The next try is announced for this moment, and comes then and not before.</summary>
    public async Task NextTryComesAfterAsync(double seconds)
    {
        Assert.Equal(Time.GetUtcNow().AddSeconds(seconds), Status.NextAttemptAt);
        await ComesAfterAsync(Begin(), TimeSpan.FromSeconds(seconds));
    }

    /// <summary>A try that was begun makes its first request this much later, and ends.</summary>
    public async Task ComesAfterAsync(Task run, TimeSpan wait)
    {
        int before = _line.Requests.Count;
        DateTimeOffset due = FlipsClock.GetUtcNow() + wait;
        await PassAsync(wait - Tick);
        Assert.False(run.IsCompleted, $"it was due after {wait}, and is over before: {Status}");
        Assert.Equal(before, _line.Requests.Count);
        Time.Advance(Tick);
        await EndAsync(run);
        Assert.Equal(due, _line.Requests[before].At);
    }

    /// <summary>It is over: one site, from one body, which the gateway has forgotten.</summary>
    /// <param name="attempts">Tries to send.</param>
    /// <param name="byAsking">Whether the site was found, and not the answer to the last try.</param>
    public void IsCommissioned(int attempts, bool byAsking)
    {
        OutboxEntry entry = new CommissioningStore(_rig.Outbox.Database, Time, new()).Current.Outbox!;
        Assert.Equal(("commissioned", attempts, "commissioned", null), (Status.State, Status.Attempts, Status.LastOutcome, Status.NextAttemptAt));
        Assert.Equal(("commissioned", 0, false), (entry.SettledAs, entry.UnknownTries, entry.IsAskedToWait));
        Assert.Equal(byAsking, entry.LastDetail!.Contains("found by asking", StringComparison.Ordinal));
        Assert.Null(entry.Body);
        Assert.Empty(Homeowner.In(_rig.Directory.Path));
        Assert.Equal(1, new EnrollmentStore(_rig.Outbox.Database).Latest()?.Version);
        MockSite site = Assert.Single(Cloud.Ledger.Sites);
        Assert.Equal(_rig.Request.Digest, site.BodySha256);
        Assert.All(Cloud.Ledger.Requests, request => Assert.True(request.Sha256 is null || request.Sha256 == _rig.Request.Digest));
        Assert.Empty(Cloud.Ledger.Findings);
        Assert.All(_line.Requests, request => Assert.Equal(
            ("sending", request.IsQuestion ? "reconciling" : "sending", null), (request.Status.State, request.Status.ReasonCode, request.Status.NextAttemptAt)));
    }
}
