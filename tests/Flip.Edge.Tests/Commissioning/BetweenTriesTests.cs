using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Commissioning;

/// <summary>The wait between two tries, on fake time, and those who cut it short.</summary>
public sealed class BetweenTriesTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly WatchedTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly BetweenTries _wait;

    public BetweenTriesTests() => _wait = new(new(new(Hour, Hour), () => 1), _time);

    /// <summary>Regression: a program that pressed without end had Flip asked 117 times a second, each time with three lines in the journal and writes to the flash.</summary>
    [Fact]
    public async Task Pressed_without_end_a_try_comes_at_once_and_then_with_a_rest_that_doubles_to_a_minute()
    {
        foreach (double rest in (double[])[0, 1, 2, 4, 8, 16, 32, 60, 60])
        {
            Failed();
            Task wait = WaitPressedAsync();
            if (rest > 0)
            {
                Assert.False(wait.IsCompleted);
                _time.Advance(TimeSpan.FromSeconds(rest) - TimeSpan.FromMilliseconds(1));
                Assert.False(wait.IsCompleted);
                _time.Advance(TimeSpan.FromMilliseconds(1));
            }

            await wait.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Who_presses_after_the_rest_does_not_wait_at_all()
    {
        Failed();
        await WaitPressedAsync();
        Failed();
        Task wait = _wait.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(wait.IsCompleted);
        _wait.EndNow();
        await wait.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Once_a_wait_has_run_its_length_the_next_press_counts_at_once_again()
    {
        for (int i = 0; i < 2; i++)
        {
            Failed();
            Task hurried = WaitPressedAsync();
            _time.Advance(TimeSpan.FromSeconds(1));
            await hurried.WaitAsync(TestContext.Current.CancellationToken);
        }

        Failed();
        Task whole = _wait.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(Hour);
        await whole.WaitAsync(TestContext.Current.CancellationToken);
        Failed();
        await WaitPressedAsync().WaitAsync(TestContext.Current.CancellationToken);
    }

    private Task WaitPressedAsync()
    {
        Task wait = _wait.WaitAsync(TestContext.Current.CancellationToken);
        _wait.EndNow();
        return wait;
    }

    private void Failed()
    {
        _wait.Schedule(OutcomePolicy.Decide(new CommissionOutcome.Transient(TransientCause.ServerError, "HTTP 503", null, MayHaveArrived: false)), atOnce: false);
        Assert.True(_wait.Length > TimeSpan.FromMinutes(2));
    }
}
