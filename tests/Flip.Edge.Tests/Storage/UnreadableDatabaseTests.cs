using Flip.Edge.Commissioning;
using Flip.Edge.Enrollment;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Storage;

/// <summary>The field's finding: a database that could not be read was noticed at the next write, which on a commissioned gateway is hours away.</summary>
public sealed class UnreadableDatabaseTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly Outbox _outbox;
    private readonly EnrollmentStore _enrollments;
    private bool _fails = true;

    public UnreadableDatabaseTests()
    {
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Commissioned);
        _outbox = new(_directory.Path, _time);
        _enrollments = new(_outbox.Database);
    }

    private StorageHealth Health => _outbox.Database.Health;

    [Fact]
    public void A_read_that_fails_is_a_failing_storage_from_then_on_and_tells_whoever_waits()
    {
        Break();
        Task changed = _outbox.Changes.Next;

        Assert.Throws<SqliteException>(() => _enrollments.Latest());

        Assert.True(changed.IsCompleted);
        Assert.Equal(_time.GetUtcNow(), Health.FailingSince);
        Assert.Equal(
            $"the database in {_directory.Path} is damaged (SQLite: SQL logic error, 1) and can't be read: what was read before is shown; restart the service, which puts it aside and goes on",
            Health.Failure);
    }

    [Fact]
    public void However_often_it_is_read_it_is_news_once()
    {
        Break();
        Assert.Throws<SqliteException>(() => _enrollments.Latest());
        Task changed = _outbox.Changes.Next;

        for (int read = 0; read < 5; read++) Assert.Throws<SqliteException>(() => _enrollments.Latest());

        Assert.False(_outbox.Database.TryAgain());
        Assert.False(changed.IsCompleted);
    }

    [Fact]
    public void A_write_that_works_proves_nothing_and_a_look_at_everything_does()
    {
        Assert.Throws<SqliteException>(() => _outbox.Database.Read(connection => connection.Scalar("SELECT * FROM of_a_bad_sector")));
        _enrollments.Checked(_time.GetUtcNow());
        Assert.True(Health.IsFailing);

        Assert.True(_outbox.Database.TryAgain());
        Assert.Equal(new StorageHealth(null, null, null), Health);
    }

    [Fact]
    public async Task The_feed_shows_the_newest_that_was_read_and_its_subscribers_wait_until_there_is_more()
    {
        EnrollmentFeed feed = new(_enrollments, _outbox.Changes);
        EnrollmentSnapshot before = feed.Latest!;
        Break();

        Assert.Same(before, feed.Latest);
        Assert.True(Health.IsFailing);

        await using IAsyncEnumerator<EnrollmentSnapshot> late = feed.SubscribeAsync(null, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Task<bool> next = late.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        _fails = false;
        Mend();
        Assert.True(_outbox.Database.TryAgain());

        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal(before.Version, late.Current.Version);
    }

    [Fact]
    public void What_is_read_and_is_not_what_was_written_is_no_better()
    {
        EnrollmentFeed feed = new(_enrollments, _outbox.Changes);
        EnrollmentSnapshot before = feed.Latest!;
        RawDatabase.Execute(Path.Combine(_directory.Path, "flip-edge.db"), "UPDATE enrollment SET state = 'rubbish'");

        Assert.Same(before, feed.Latest);

        Assert.Contains("is damaged (the content of table enrollment is not what was written)", Health.Failure, StringComparison.Ordinal);
        Assert.False(_outbox.Database.TryAgain());
        // As the sentence says: the next start puts it aside.
        _outbox.Restart();
        Assert.NotNull(Health.Recovered?.PutAside);
        Assert.Equal(CommissioningState.Queued, _outbox.Record.State);
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }

    // In the place of the table, for whoever reads.
    private void Break() => _outbox.Database.Read(connection =>
    {
        connection.CreateFunction("fails", () => _fails ? throw new InvalidOperationException("a bad sector") : 0);
        return connection.Scalar("CREATE TEMP VIEW enrollment AS SELECT fails() AS version, '' AS recorded_at, '' AS state");
    });

    private void Mend() => _outbox.Database.Read(connection => connection.Scalar("DROP VIEW temp.enrollment"));
}
