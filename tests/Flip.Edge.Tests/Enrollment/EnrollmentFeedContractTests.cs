using Flip.Edge.Cloud;
using Flip.Edge.Enrollment;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Enrollment;

/// <summary>What telemetry and command workers may rely on.</summary>
public sealed class EnrollmentFeedContractTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly Outbox _outbox;

    public EnrollmentFeedContractTests() => _outbox = new(_directory.Path, _time);

    [Fact]
    public void Before_the_commissioning_there_is_nothing()
    {
        Assert.Null(Feed().Latest);
    }

    [Fact]
    public async Task Two_concurrent_consumers_and_a_restart_each_get_every_state_once_and_in_order()
    {
        List<long> first = [], second = [];
        using (CancellationTokenSource stop = Stop())
        {
            Task one = CollectAsync(Feed(), first, 3, stop.Token), two = CollectAsync(Feed(), second, 3, stop.Token);
            for (int i = 1; i <= 3; i++) Append($"STATUS_{i}");
            await Task.WhenAll(one, two);
        }

        _outbox.Restart();
        using (CancellationTokenSource stop = Stop())
        {
            second.RemoveRange(1, 2);
            // The first was done with version 3, the second had only worked on version 1 when the power went.
            Task one = CollectAsync(Feed(), first, 5, stop.Token), two = CollectAsync(Feed(), second, 5, stop.Token, from: 1);
            Append("STATUS_4");
            Append("STATUS_5");
            await Task.WhenAll(one, two);
        }

        Assert.Equal([1, 2, 3, 4, 5], first);
        Assert.Equal([1, 2, 3, 4, 5], second);
    }

    [Fact]
    public async Task A_late_subscriber_without_a_position_starts_with_the_newest()
    {
        Append("PENDING");
        Append("ACTIVE");

        await foreach (EnrollmentSnapshot snapshot in Feed().SubscribeAsync(null, TestContext.Current.CancellationToken))
        {
            Assert.Equal(2, snapshot.Version);
            Assert.Equal("ACTIVE", snapshot.State.Enrollment?.Status?.ToString());
            break;
        }
    }

    [Fact]
    public async Task A_slow_consumer_holds_nobody_up_and_misses_nothing()
    {
        IAsyncEnumerator<EnrollmentSnapshot> slow = Feed().SubscribeAsync(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Append("STATUS_1");
        Assert.True(await slow.MoveNextAsync());
        List<long> quick = [];
        using CancellationTokenSource stop = Stop();
        for (int i = 2; i <= 50; i++) Append($"STATUS_{i}");
        await CollectAsync(Feed(), quick, 50, stop.Token);

        for (long version = 2; version <= 50; version++)
        {
            Assert.True(await slow.MoveNextAsync());
            Assert.Equal(version, slow.Current.Version);
        }

        await slow.DisposeAsync();
    }

    [Fact]
    public void A_status_that_we_do_not_know_passes_through_as_it_came()
    {
        Append("ON_HOLD_BY_UTILITY");

        Assert.Equal("ON_HOLD_BY_UTILITY", Feed().Latest?.State.Enrollment?.Status?.ToString());
    }

    [Fact]
    public void A_site_without_an_enrollment_is_a_state_too()
    {
        new EnrollmentStore(_outbox.Database).AppendIfChanged(_time.GetUtcNow(), EnrollmentText.Write(new("abc-789", ["xyz-123"], [], null)));

        EnrollmentSnapshot? latest = Feed().Latest;
        Assert.Null(latest?.State.Enrollment);
        Assert.Equal(["xyz-123"], latest?.State.DeviceIds);
        Assert.Equal(_time.GetUtcNow(), latest?.RecordedAt);
    }

    private EnrollmentFeed Feed() => new(new(_outbox.Database), _outbox.Changes);

    private void Append(string status)
    {
        CommissionResponse answer = CommissionSerializer.DeserializeResponse(System.Text.Encoding.UTF8.GetBytes($"{{\"programs\":[],\"enrollment\":{{\"status\":\"{status}\"}}}}"));
        new EnrollmentStore(_outbox.Database).AppendIfChanged(_time.GetUtcNow(), EnrollmentText.Write(new("abc-789", ["xyz-123"], [], answer.Enrollment)));
        _outbox.Changes.Raise();
    }

    private static CancellationTokenSource Stop() => CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private static async Task CollectAsync(EnrollmentFeed feed, List<long> versions, int until, CancellationToken cancellationToken, long? from = null)
    {
        await foreach (EnrollmentSnapshot snapshot in feed.SubscribeAsync(from ?? versions.LastOrDefault(), cancellationToken))
        {
            versions.Add(snapshot.Version);
            if (snapshot.Version == until) return;
        }
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }
}
