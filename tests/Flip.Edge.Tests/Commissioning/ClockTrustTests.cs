using Flip.Edge.Commissioning;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Commissioning;

public sealed class ClockTrustTests
{
    private static readonly DateTimeOffset Built = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_time_before_the_build_is_wrong_for_certain(int seconds, bool trusted)
    {
        Assert.Equal(trusted, new ClockTrust(new FakeTimeProvider(Built.AddSeconds(seconds)), Built).IsTrusted);
    }

    [Fact]
    public async Task Waiting_ends_by_itself_once_the_clock_is_set()
    {
        FakeTimeProvider time = new(new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Task wait = new ClockTrust(time, Built).WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromHours(1));
        Assert.False(wait.IsCompleted);

        time.SetUtcNow(Built.AddHours(1));
        time.Advance(TimeSpan.FromSeconds(10));

        await wait.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_build_knows_its_day()
    {
        Assert.InRange(ClockTrust.BuildDate(), new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeProvider.System.GetUtcNow());
    }
}
