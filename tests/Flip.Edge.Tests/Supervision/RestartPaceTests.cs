using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Supervision;

public sealed class RestartPaceTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void From_quick_end_to_quick_end_it_waits_longer_up_to_five_minutes_with_the_five_seconds_of_systemd()
    {
        int[] waits = [.. Enumerable.Range(0, 9).Select(_ => (int)Starts().TotalSeconds + 5)];
        Assert.Equal([5, 5, 10, 20, 40, 80, 160, 300, 300], waits);
    }

    [Fact]
    public void A_daemon_that_lived_long_starts_at_once()
    {
        for (int start = 0; start < 5; start++) Starts();
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(TimeSpan.Zero, Starts());
        Assert.Equal(TimeSpan.Zero, Starts());
        Assert.Equal(TimeSpan.FromSeconds(5), Starts());
    }

    [Fact]
    public void One_that_was_told_to_end_starts_at_once()
    {
        for (int start = 0; start < 5; start++) Starts();
        Pace().EndedInOrder();
        Assert.Equal(TimeSpan.Zero, Starts());
        Assert.Equal(TimeSpan.Zero, Starts());
    }

    [Fact]
    public void One_that_is_killed_while_it_waits_is_no_exception()
    {
        for (int start = 0; start < 6; start++) Pace().Begin();
        RestartPace pace = Pace();
        Assert.Equal(TimeSpan.FromSeconds(155), pace.Begin());
        Assert.Equal(6, pace.QuickEnds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("many\n")]
    [InlineData("1 2 3\n")]
    public void A_file_that_is_torn_counts_for_nothing(string text)
    {
        _directory.Write("restarts", text);
        Assert.Equal(TimeSpan.Zero, Pace().Begin());
    }

    [Fact]
    public void Without_a_service_there_is_nothing_to_count() => Assert.Equal(TimeSpan.Zero, new RestartPace(null, _time).Begin());

    [Fact]
    public async Task Whoever_is_told_to_end_while_it_waits_ends_and_starts_at_once_the_next_time()
    {
        for (int start = 0; start < 6; start++) Starts();
        RecordedSystemd systemd = new();
        using StringWriter errors = new();
        using CancellationTokenSource stop = new();
        Task<bool> waiting = PacedStart.WaitAsync(Pace(), systemd.Notices(_time), errors, _time, stop.Token);
        Assert.False(waiting.IsCompleted);
        Assert.StartsWith("EXTEND_TIMEOUT_USEC=215000000\nSTATUS=flip-edge has ended 6 times in a row", systemd.Told.Single(), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.False(await waiting);
        Assert.Equal(TimeSpan.Zero, Starts());
    }

    [Fact]
    public async Task A_count_that_cannot_be_kept_is_said_and_holds_nothing_up()
    {
        using StringWriter errors = new();
        RestartPace pace = new(Path.Combine(_directory.Path, "none", "restarts"), _time);
        Assert.True(await PacedStart.WaitAsync(pace, new RecordedSystemd().Notices(_time), errors, _time, TestContext.Current.CancellationToken));
        Assert.Contains("can't be counted", errors.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private RestartPace Pace() => new(Path.Combine(_directory.Path, "restarts"), _time);

    private TimeSpan Starts()
    {
        TimeSpan wait = Pace().Begin();
        _time.Advance(wait + TimeSpan.FromSeconds(1));
        return wait;
    }
}
