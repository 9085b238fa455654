using Flip.Edge.Leds;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Leds;

public sealed class LedShowTests
{
    private readonly WatchedTime _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task By_itself_it_keeps_the_patterns_rhythm()
    {
        using FakeLed led = new(brightest: "1");
        LedFiles files = led.Files;
        files.Look();
        using CancellationTokenSource end = new();
        Task blinking = new LedShow(files, _time).BlinkAsync(LedPattern.Of(LedState.Attention), end.Token);
        int step = 0;
        foreach ((string brightness, int milliseconds) in ((string, int)[])[("1", 150), ("0", 150), ("1", 150), ("0", 1050), ("1", 150)])
        {
            int begun = ++step;
            await FaultRig.UntilAsync(() => _time.Begun == begun);
            Assert.Equal(brightness, led["brightness"]);
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
            Assert.Equal(begun, _time.Begun);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blinking);
    }

    [Fact]
    public async Task Where_the_brightness_alone_is_ours_it_says_why_the_kernel_can_not_do_it()
    {
        using FakeLed led = new();
        LedFiles files = led.Files;
        files.Look();
        File.SetUnixFileMode(led.Root, (UnixFileMode)Convert.ToInt32("755", 8));
        File.SetUnixFileMode(led.In("trigger"), (UnixFileMode)Convert.ToInt32("444", 8));
        Task<string?> set;
        using (new AnotherUser()) set = new LedShow(files, _time).SetAsync(LedPattern.Of(LedState.Waiting), TestContext.Current.CancellationToken);

        Assert.StartsWith($"Access to the path '{led.In("trigger")}' is denied", await set, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("255", "255")]
    [InlineData("1", "1")]
    [InlineData("not a number", "1")]
    public async Task Steady_is_as_bright_as_it_can_be_without_a_trigger(string brightest, string brightness)
    {
        using FakeLed led = new("none [heartbeat] timer", brightest);
        LedFiles files = led.Files;
        files.Look();

        Assert.Null(await new LedShow(files, _time).SetAsync(LedPattern.Of(LedState.Commissioned), TestContext.Current.CancellationToken));
        Assert.Equal(("none", brightness), (led["trigger"], led["brightness"]));
    }
}
