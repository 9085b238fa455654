using Flip.Edge.Commissioning;
using Flip.Edge.Leds;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Leds;

public sealed class LedWorkerTests : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly WatchedTime _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly LogLines<LedWorker> _log = new();
    private readonly Outbox _outbox;
    private readonly CredentialWatch _credential;
    private readonly CurrentLed _current;
    private string? _missing;
    private LedWorker? _worker;

    public LedWorkerTests()
    {
        _outbox = new(_directory.Path, _time);
        _credential = new("token", _ => Task.FromResult(_missing), _outbox.Changes, _time, new LogLines<CredentialWatch>());
        _current = new(_outbox.Changes, FakeLed.Name);
    }

    [Fact]
    public async Task Each_state_is_shown_by_the_kernel_itself_and_at_the_end_it_is_dark()
    {
        using FakeLed led = new();
        await StartAsync(led);
        await ShowsAsync(led, "trigger=timer brightness=7 delay_on=1000 delay_off=1000 pattern=");
        await IsAsync("waiting");

        _outbox.Store.Request("button");
        await ShowsAsync(led, "trigger=timer brightness=7 delay_on=100 delay_off=100 pattern=");

        _outbox.Store.Move(CommissioningState.Attention, new("nameplate", "no capacity"));
        await FaultRig.UntilAsync(() => led["pattern"] == "255 150 255 0 0 150 0 0 255 150 255 0 0 1050 0 0" && led["trigger"] == "pattern");

        _outbox.Store.Freeze(Outbox.Request());
        _outbox.Store.Commissioned("key-1", "done", PowerCutDirectory.Enrollment);
        await FaultRig.UntilAsync(() => led["trigger"] == "none" && led["brightness"] == "255");
        await IsAsync("commissioned");

        await _worker!.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("none", "0"), (led["trigger"], led["brightness"]));
        Assert.Equal([516], _log.Lines.Select(line => line.Id));
    }

    [Fact]
    public async Task A_change_that_leaves_the_state_as_it_is_writes_nothing()
    {
        using FakeLed led = new();
        await StartAsync(led);
        await ShowsAsync(led, "trigger=timer brightness=7 delay_on=1000 delay_off=1000 pattern=");
        led["delay_on"] = led["trigger"] = "untouched";
        for (int change = 0; change < 10; change++) _outbox.Changes.Raise();
        _outbox.Store.Move(CommissioningState.Waiting, StateReason.Clock);

        _outbox.Store.Request("button");
        await FaultRig.UntilAsync(() => led["delay_off"] == "100");

        // Both are timers: the trigger is not set anew, which would make its files root's again.
        Assert.Equal(("untouched", "100"), (led["trigger"], led["delay_on"]));
    }

    [Fact]
    public async Task Without_the_kernels_pattern_the_daemon_blinks_by_itself_until_the_state_is_another()
    {
        using FakeLed led = new("none timer [mmc0]", "1");
        _outbox.Store.Move(CommissioningState.Attention, new("nameplate", "no capacity"));
        await StartAsync(led);
        for (int blink = 0; blink < 3; blink++)
        {
            await PassUntilAsync(() => led["brightness"] == "1");
            await PassUntilAsync(() => led["brightness"] == "0");
        }

        Assert.Equal("none", led["trigger"]);
        Assert.Equal([516, 518], _log.Lines.Select(line => line.Id));
        Assert.Contains("the kernel has no LED trigger \"pattern\"", _log.Lines.Last().Line, StringComparison.Ordinal);

        _outbox.Store.Freeze(Outbox.Request());
        _outbox.Store.Commissioned("key-1", "done", PowerCutDirectory.Enrollment);
        await FaultRig.UntilAsync(() => led["brightness"] == "1");

        // Steady needs no wake-up: no wait is begun any more, however much time passes.
        int begun = _time.Begun;
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(("1", begun), (led["brightness"], _time.Begun));
    }

    [Fact]
    public async Task The_files_of_a_trigger_are_waited_for_until_udev_has_given_them_to_us()
    {
        using FakeLed led = new();
        File.Delete(led.In("delay_on"));
        await StartAsync(led);
        await FaultRig.UntilAsync(() => led["trigger"] == "timer");
        await _time.WaitsAsync(TimeSpan.FromMilliseconds(100));
        led["delay_on"] = "500";

        await PassUntilAsync(() => led["delay_on"] == "1000" && led["delay_off"] == "1000");

        Assert.Equal([516], _log.Lines.Select(line => line.Id));
    }

    [Fact]
    public async Task Where_udev_never_gives_them_the_daemon_blinks_by_itself()
    {
        using FakeLed led = new();
        File.Delete(led.In("delay_on"));
        await StartAsync(led);

        await PassUntilAsync(() => _log.Lines.Any(line => line.Id == 518));
        await PassUntilAsync(() => led["brightness"] == "255");
        await PassUntilAsync(() => led["brightness"] == "0");

        Assert.Equal("none", led["trigger"]);
        Assert.Equal([516, 518], _log.Lines.Select(line => line.Id));
    }

    [Fact]
    public async Task A_LED_that_is_not_there_is_one_line_and_is_used_when_it_comes()
    {
        using FakeLed led = new();
        led.Remove();
        Directory.CreateDirectory(Path.Combine(led.Root, "ACT"));
        await StartAsync(led);
        await FaultRig.UntilAsync(() => !_log.Lines.IsEmpty);
        for (int tries = 0; tries < 5; tries++) await PassAsync();
        Assert.Equal($"LED green:status can't be used: there is no LED \"green:status\" (Led:Name); {led.Root} has ACT. Nothing else waits for it; it is tried again by itself",
            Assert.Single(_log.Lines).Line);
        Assert.Equal(new LedStatus("green:status", null, $"there is no LED \"green:status\" (Led:Name); {led.Root} has ACT"), _current.Now);

        led.Create();
        await PassUntilAsync(() => led["delay_off"] == "1000");
        Assert.Equal([517, 516], _log.Lines.Select(line => line.Id));
        await IsAsync("waiting");
    }

    [Fact]
    public async Task A_disk_that_can_not_be_written_is_shown_as_attention()
    {
        using FakeLed led = new();
        await StartAsync(led);
        await ShowsAsync(led, "trigger=timer brightness=7 delay_on=1000 delay_off=1000 pattern=");
        bool fails = true;
        _outbox.Database.Read(connection =>
        {
            connection.CreateFunction("fails", () => fails ? throw new InvalidOperationException("full") : 0);
            return connection.Scalar("CREATE TEMP TRIGGER full BEFORE UPDATE ON commissioning BEGIN SELECT fails(); END");
        });
        Assert.ThrowsAny<Exception>(() => _outbox.Store.Request("button"));
        await FaultRig.UntilAsync(() => led["trigger"] == "pattern");

        fails = false;
        _outbox.Store.Request("button");
        await FaultRig.UntilAsync(() => led["trigger"] == "timer" && led["delay_on"] == "100");
    }

    [Fact]
    public async Task A_token_that_is_missing_is_shown_as_attention_before_anybody_presses()
    {
        using FakeLed led = new();
        _missing = "No client token is configured";
        await _credential.LookAsync(TestContext.Current.CancellationToken);
        await StartAsync(led);
        await FaultRig.UntilAsync(() => led["trigger"] == "pattern");
        await IsAsync("attention");

        _missing = null;
        await _credential.LookAsync(TestContext.Current.CancellationToken);
        await FaultRig.UntilAsync(() => led["trigger"] == "timer" && led["delay_on"] == "1000");
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.StopAsync(CancellationToken.None);
        _worker?.Dispose();
        _outbox.Dispose();
        _directory.Dispose();
    }

    private Task StartAsync(FakeLed led)
    {
        _worker = new(led.Files, _outbox.Store, _outbox.Database, _credential, _current, _outbox.Changes, _time, _log);
        return _worker.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What the status says of it.</summary>
    private Task IsAsync(string shows) => FaultRig.UntilAsync(() => _current.Now == new LedStatus(FakeLed.Name, shows, null));

    private static Task ShowsAsync(FakeLed led, string files) => FaultRig.UntilAsync(() => led.Shows == files);

    private Task PassUntilAsync(Func<bool> came) => FaultRig.UntilAsync(() =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(100));
        return came();
    });

    private async Task PassAsync()
    {
        int begun = _time.Begun;
        await FaultRig.UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            return _time.Begun > begun;
        });
    }
}
