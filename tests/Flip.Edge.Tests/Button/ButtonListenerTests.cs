using System.Collections.Concurrent;
using Flip.Edge.Button;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Button;

public sealed class ButtonListenerTests : IDisposable
{
    // The recognition's, which are there from the start on; the others that begin are the pauses.
    private const int Timers = 2;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly WatchedTime _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly LogLines<ButtonListener> _log = new();
    private readonly ButtonBindings _bindings = new(new());
    private readonly ButtonPresses _presses = new();
    private readonly ScriptedSource _source = new();
    private readonly ButtonListener _listener;

    public ButtonListenerTests() => _listener = Listener(_source);

    [Fact]
    public async Task What_it_is_bound_to_is_one_line_and_stands_in_the_status()
    {
        await StartAsync();
        await FaultRig.UntilAsync(() => _bindings.Now is [{ Bound: not null }]);

        Assert.Equal(new ButtonBinding("input", "KEY_PROG1 of a test", null), Assert.Single(_bindings.Now));
        (int id, string line) = Assert.Single(_log.Lines);
        Assert.Equal((500, "Button (input): bound to KEY_PROG1 of a test; still for 20 ms it counts, held for 3 s it is a long press"), (id, line));
    }

    [Fact]
    public async Task A_doubt_about_it_is_a_line_of_its_own()
    {
        _source.Doubts.Add("it is held down");
        await StartAsync();
        await FaultRig.UntilAsync(() => _log.Lines.Count == 2);

        Assert.Equal((502, "Button (input): it is held down"), _log.Lines.Last());
    }

    [Fact]
    public async Task A_button_that_is_not_there_is_one_line_however_often_it_is_tried_and_is_found_when_it_comes()
    {
        _source.Refusal = "there is no /dev/input/event7";
        await StartAsync();
        for (int tries = 1; tries <= 6; tries++)
        {
            await FaultRig.UntilAsync(() => _time.Begun == Timers + tries);
            _time.Advance(2 * Second);
        }

        await FaultRig.UntilAsync(() => _source.Tries == 7);
        Assert.Equal([501], _log.Lines.Select(line => line.Id));
        Assert.Equal("there is no /dev/input/event7", Assert.Single(_bindings.Now).Reason);

        _source.Refusal = null;
        await PassUntilAsync(() => _bindings.Now is [{ Bound: not null, Reason: null }]);
        Assert.Equal([501, 500], _log.Lines.Select(line => line.Id));
    }

    [Fact]
    public async Task A_new_reason_is_a_new_line()
    {
        _source.Refusal = "there is no /dev/input/event7";
        await StartAsync();
        await FaultRig.UntilAsync(() => !_log.Lines.IsEmpty);
        _source.Refusal = "permission denied for /dev/input/event7";

        await PassUntilAsync(() => _log.Lines.Count == 2);

        Assert.Contains("permission denied", _log.Lines.Last().Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keypad_that_is_unplugged_while_a_key_is_held_is_no_press_and_works_again_when_it_is_plugged_in()
    {
        await StartAsync();
        await FaultRig.UntilAsync(() => _source.Bound is not null);
        ScriptedSource.Binding first = _source.Bound!;
        first.Presses.Change(true);
        _source.Bound = null;
        first.Lost.SetResult("/dev/input/event7 is gone: No such device");
        await PassUntilAsync(() => _source.Bound is not null);
        Assert.True(first.IsDisposed);

        _source.Bound!.Presses.Change(true);
        _time.Advance(Second);
        _source.Bound.Presses.Change(false);
        _time.Advance(Second);

        // One press, and then what the test puts behind it.
        _presses.Add(Press.Long);
        List<Press> presses = [];
        await foreach (Press press in _presses.AllAsync(TestContext.Current.CancellationToken))
        {
            presses.Add(press);
            if (press == Press.Long) break;
        }

        Assert.Equal([Press.Short, Press.Long], presses);
        Assert.Equal([500, 501, 500], _log.Lines.Select(line => line.Id));
    }

    [Fact]
    public async Task A_press_of_another_key_is_a_line_and_stands_in_the_status_until_the_right_one_is_pressed()
    {
        await StartAsync();
        await FaultRig.UntilAsync(() => _bindings.Now is [{ Bound: not null }]);

        _source.Bound!.Remark("KEY_ENTER was pressed");
        Assert.Equal(new ButtonBinding("input", "KEY_PROG1 of a test", null, "KEY_ENTER was pressed"), Assert.Single(_bindings.Now));
        Assert.Equal((503, "Button (input): KEY_ENTER was pressed"), _log.Lines.Last());

        _source.Bound.Remark(null);
        Assert.Equal(new ButtonBinding("input", "KEY_PROG1 of a test", null), Assert.Single(_bindings.Now));
        Assert.Equal([500, 503], _log.Lines.Select(line => line.Id));
    }

    /// <summary>The field's finding: a FIFO was made anew, and for 15 s more the status said that there was none.</summary>
    [Fact]
    public async Task The_status_follows_within_two_seconds_what_becomes_of_the_node()
    {
        using Fifo fifo = new();
        File.Delete(fifo.Path);
        using ButtonListener listener = Listener(new InputButtonSource(new(fifo.Path, 148), _time));
        await listener.StartAsync(TestContext.Current.CancellationToken);
        for (int round = 1; round <= 30; round++)
        {
            await FaultRig.UntilAsync(() => _time.Begun == Timers + round);
            _time.Advance(2 * Second);
        }

        await FaultRig.UntilAsync(() => _time.Begun == Timers + 31);
        await File.WriteAllTextAsync(fifo.Path, "", TestContext.Current.CancellationToken);
        _time.Advance(2 * Second);
        await FaultRig.UntilAsync(() => _bindings.Now is [{ Reason: { } reason }] && reason.StartsWith($"{fifo.Path} is no input device and no FIFO", StringComparison.Ordinal));
        fifo.Replace();
        await FaultRig.UntilAsync(() => _time.Begun == Timers + 32);
        _time.Advance(2 * Second);

        await FaultRig.UntilAsync(() => _bindings.Now is [{ Bound: not null }]);
        await listener.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_loose_contact_is_tried_every_fifteen_seconds_after_the_third_time_so_that_it_does_not_fill_the_journal()
    {
        await StartAsync();
        for (int time = 1; time <= 4; time++)
        {
            await FaultRig.UntilAsync(() => _source.Bound is not null);
            ScriptedSource.Binding bound = _source.Bound!;
            _source.Bound = null;
            bound.Lost.SetResult("/dev/input/event7 is gone: No such device");
            await _time.WaitsAsync(time == 4 ? 15 * Second : 2 * Second, since: Timers + time - 1);
            _time.Advance(2 * Second);
        }

        Assert.Null(_source.Bound);
        _time.Advance(13 * Second);
        await FaultRig.UntilAsync(() => _source.Bound is not null);

        // A minute without a loss, and a person who unplugs it is not taken for one.
        _time.Advance(61 * Second);
        _source.Bound!.Lost.SetResult("/dev/input/event7 is gone: No such device");
        await _time.WaitsAsync(2 * Second, since: Timers + 4);
    }

    [Fact]
    public async Task A_fault_that_nobody_thought_of_is_said_and_tried_again()
    {
        _source.Fault = new InvalidOperationException("a surprise");
        await StartAsync();
        await FaultRig.UntilAsync(() => !_log.Lines.IsEmpty);
        Assert.Contains("it failed unexpectedly: a surprise", Assert.Single(_log.Lines).Line, StringComparison.Ordinal);

        _source.Fault = null;
        await PassUntilAsync(() => _source.Bound is not null);
    }

    [Fact]
    public async Task A_stop_gives_a_real_device_back_at_once_though_nobody_presses()
    {
        using Fifo fifo = new();
        using ButtonListener listener = Listener(new InputButtonSource(new(fifo.Path, 148), _time));
        await listener.StartAsync(TestContext.Current.CancellationToken);
        await FaultRig.UntilAsync(() => _bindings.Now is [{ Bound: not null }]);

        await listener.StopAsync(TestContext.Current.CancellationToken);

        // Its own end for reading is closed: nobody reads any more, and a writer is told so (ENXIO).
        Assert.Equal(Libc.NoDeviceOrAddress, Assert.Throws<DeviceFileException>(() => DeviceFile.Open(fifo.Path, 1)).Error);
    }

    [Fact]
    public async Task A_FIFO_that_is_deleted_and_made_anew_is_bound_again_after_a_pause_and_hears_presses()
    {
        using Fifo fifo = new();
        using ButtonListener listener = Listener(new InputButtonSource(new(fifo.Path, 148), _time));
        await listener.StartAsync(TestContext.Current.CancellationToken);
        await FaultRig.UntilAsync(() => _bindings.Now is [{ Bound: not null }]);
        fifo.Replace();

        await PassUntilAsync(() => _log.Lines.Count == 3);

        Assert.Equal([500, 501, 500], _log.Lines.Select(line => line.Id));
        Assert.Equal($"Button (input) is not bound: {fifo.Path} was deleted, moved or made anew. It is tried again by itself, every 2 s", _log.Lines.ElementAt(1).Line);
        fifo.Press(148, 1, 1.2);
        Press? heard = null;
        Task hearing = Task.Run(async () => heard = await _presses.AllAsync(TestContext.Current.CancellationToken).FirstAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await PassUntilAsync(() => hearing.IsCompleted);
        Assert.Equal(Press.Short, heard);
        await listener.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _listener.Dispose();

    private Task StartAsync() => _listener.StartAsync(TestContext.Current.CancellationToken);

    private ButtonListener Listener(IButtonSource source) => new(
        source, new(null, null, TimeSpan.FromMilliseconds(20), 3 * Second), _presses, _bindings, _time, _log);

    private Task PassUntilAsync(Func<bool> came) => FaultRig.UntilAsync(() =>
    {
        _time.Advance(Second);
        return came();
    });

    private sealed class ScriptedSource : IButtonSource
    {
        private int _tries;

        public string Name => "input";

        public string? Refusal { get; set; }

        public Exception? Fault { get; set; }

        public ConcurrentBag<string> Doubts { get; } = [];

        public int Tries => _tries;

        public Binding? Bound { get; set; }

        public BoundButton Bind(PressRecognition presses, Action<string?> remark)
        {
            Interlocked.Increment(ref _tries);
            if (Fault is { } fault) throw fault;
            if (Refusal is { } refusal) throw new ButtonUnavailableException(refusal);
            Binding binding = new(presses, remark);
            Bound = binding;
            return new("KEY_PROG1 of a test", [.. Doubts], binding.Lost.Task, binding);
        }

        internal sealed class Binding(PressRecognition presses, Action<string?> remark) : IDisposable
        {
            public PressRecognition Presses => presses;

            public Action<string?> Remark => remark;

            public TaskCompletionSource<string> Lost { get; } = new();

            public bool IsDisposed { get; private set; }

            public void Dispose() => IsDisposed = true;
        }
    }
}
