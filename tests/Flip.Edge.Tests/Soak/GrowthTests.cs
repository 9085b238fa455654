using Flip.Edge.Flapping;

namespace Flip.Edge.Tests.Soak;

public sealed class GrowthTests
{
    private static readonly Bounds Tight = new(ManagedBytes: 10e3, ResidentBytes: 10e3, Threads: 1, Handles: 1, Timers: 1);

    [Fact]
    public void A_row_that_goes_up_and_down_does_not_grow() =>
        Assert.InRange(Growth.Of([.. Enumerable.Range(0, 100).Select(hour => (TimeSpan.FromHours(hour), (hour % 2) * 1e6))]), -50e3, 50e3);

    [Fact]
    public void A_leak_is_told_by_how_much_it_comes_to() =>
        Assert.Equal(90, Growth.Of([.. Enumerable.Range(0, 10).Select(hour => (TimeSpan.FromHours(hour), 5.0 + (hour * 10)))]), 6);

    [Theory]
    [InlineData(0, 0, 0, true)]
    [InlineData(2000, 0, 0, false)]
    [InlineData(0, 1, 0, false)]
    [InlineData(0, 0, 1, false)]
    [InlineData(-2000, -1, -1, true)]
    public void A_leak_of_objects_threads_or_handles_is_no_pass(long bytesEach, int threadsEach, int handlesEach, bool passes)
    {
        using StringWriter text = new();

        Assert.Equal(passes, SoakVerdict.Print(Counts(10, bytesEach, threadsEach, handlesEach), TimeSpan.Zero, Tight, text));
        Assert.Equal(!passes, text.ToString().Contains("GROWS", StringComparison.Ordinal));
    }

    [Fact]
    public void What_grows_while_it_warms_up_is_not_counted()
    {
        Count[] counts = [.. Counts(5, 100_000, 3, 3), .. Counts(10, 0, 0, 0).Select(count => count with { At = count.At + TimeSpan.FromHours(5), ManagedBytes = 1_500_000, Threads = 55, Handles = 115 })];

        Assert.True(SoakVerdict.Print(counts, TimeSpan.FromHours(5), Tight, TextWriter.Null));
        Assert.False(SoakVerdict.Print(counts, TimeSpan.Zero, Tight, TextWriter.Null));
    }

    [Fact]
    public void Four_counts_say_nothing() => Assert.False(SoakVerdict.Print(Counts(4, 0, 0, 0), TimeSpan.Zero, Tight, TextWriter.Null));

    private static Count[] Counts(int hours, long bytesEach, int threadsEach, int handlesEach) =>
        [.. Enumerable.Range(0, hours).Select(hour => new Count(
            TimeSpan.FromHours(hour), 1_000_000 + (hour * bytesEach), 30_000_000, 40 + (hour * threadsEach), 100 + (hour * handlesEach), 3))];
}
