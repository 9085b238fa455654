using Flip.Edge.Button;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Monitoring;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flip.Edge.Tests.Button;

/// <summary>What a press does, on a real SQLite file.</summary>
public sealed class ButtonWorkerTests : IDisposable
{
    private readonly SendingRig _rig = new();
    private readonly LogLines<ButtonWorker> _log = new();
    private readonly ButtonPresses _presses = new();
    private readonly InstallerWindow _window;
    private readonly DeviceWatch _devices;
    private readonly ButtonWorker _worker;

    public ButtonWorkerTests()
    {
        Outbox outbox = _rig.Outbox;
        CurrentSettings settings = new(Settings.For(_rig.Directory.Path));
        ScriptedFlip flip = new(_rig.Time);
        SendingStep sending = new(
            outbox.Store, flip, new(flip, outbox.Store, NullLogger<ReconcilingStep>.Instance), new(settings.Now.Commissioning.Retry, () => 0),
            new(_rig.Time, SendingRig.Start.AddDays(-1)), _rig.Credential, new(), new(_rig.Time, NullLogger<PatientDisk>.Instance), _rig.Time, NullLogger<SendingStep>.Instance);
        _devices = new(settings, Finders.At(_rig.Time), new(outbox.Store), outbox.Changes, _rig.Time, NullLogger<DeviceMonitor>.Instance);
        _window = new(outbox.Changes, _rig.Time);
        CommissioningTrigger trigger = new(outbox.Store, settings, sending, _rig.Credential, _devices, NullLogger<CommissioningTrigger>.Instance);
        _worker = new(_presses, trigger, outbox.Store, _window, _rig.Credential, _rig.Time, _log);
    }

    [Fact]
    public async Task A_short_press_is_on_the_disk_as_the_buttons()
    {
        await PressAsync(Press.Short, 510);

        Assert.Equal((true, "button"), (_rig.Record.IsRequested, _rig.Record.RequestedBy));
        Assert.Equal("The button was pressed: the commissioning is asked for and goes on by itself (state waiting): the commissioning was started; the devices are read next", _log.Lines.Single().Line);
    }

    [Fact]
    public async Task Ten_presses_are_one_request_and_one_line()
    {
        for (int press = 0; press < 10; press++) await PressAsync(Press.Short, 510);
        DateTimeOffset? first = _rig.Record.RequestedAt;
        _rig.Time.Advance(TimeSpan.FromSeconds(61));
        _presses.Add(Press.Short);
        await FaultRig.UntilAsync(() => _log.Lines.Count == 2);

        Assert.Equal(first, _rig.Record.RequestedAt);
    }

    [Fact]
    public async Task After_the_commissioning_a_press_says_that_it_is_done_and_does_nothing()
    {
        _rig.Freeze();
        _rig.Outbox.Store.Commissioned("key-1", "done", PowerCutDirectory.Enrollment);
        await PressAsync(Press.Short, 511);

        Assert.Equal("The button was pressed: site abc-789 is already commissioned, and nothing is done", _log.Lines.Single().Line);
        Assert.False(_rig.Record.IsRequested);
    }

    [Fact]
    public async Task Where_a_person_is_needed_a_press_says_for_what()
    {
        _rig.Outbox.Store.Request("local");
        _rig.Outbox.Store.Move(CommissioningState.Attention, new("nameplate", "the device tells no capacity"));
        await PressAsync(Press.Short, 512);

        Assert.Equal("The button was pressed, but a person is needed first: the device tells no capacity", _log.Lines.Single().Line);
    }

    [Fact]
    public async Task Without_a_token_the_first_press_is_kept_and_warns_of_it_and_the_one_after_the_token_came_does_not()
    {
        _rig.Look = () => Task.FromResult<string?>("The token file /t does not exist: create it");
        await PressAsync(Press.Short, 519);

        Assert.Equal(
            "The button was pressed: the commissioning is asked for and kept, but nothing can be sent to Flip yet: The token file /t does not exist: create it. It goes on by itself then",
            _log.Lines.Single().Line);
        Assert.True(_rig.Record.IsRequested);

        _rig.Look = () => Task.FromResult<string?>(null);
        _presses.Add(Press.Short);
        await FaultRig.UntilAsync(() => _log.Lines.Any(line => line.Id == 510));
    }

    [Fact]
    public async Task A_press_while_Flip_refuses_the_token_begins_a_try_and_is_not_called_well()
    {
        _rig.Freeze();
        _rig.Outbox.Store.BeginAttempt("key-1");
        _rig.Outbox.Store.EndAttempt("key-1", new("unauthorized", "HTTP 401", false), new(SendingRig.Start.AddMinutes(1), false), CommissioningState.Attention, new("unauthorized", "Flip did not accept the client token"));
        await PressAsync(Press.Short, 512);

        Assert.Equal("The button was pressed, but a person is needed first: Flip did not accept the client token", _log.Lines.Single().Line);
    }

    [Fact]
    public async Task On_a_disk_that_can_not_be_written_a_press_is_not_accepted_and_says_so()
    {
        _rig.Outbox.Database.Read(connection =>
        {
            connection.CreateFunction<int>("fails", () => throw new InvalidOperationException("full"));
            return connection.Scalar("CREATE TEMP TRIGGER full BEFORE UPDATE ON commissioning BEGIN SELECT fails(); END");
        });
        await PressAsync(Press.Short, 513);

        Assert.StartsWith("The button was pressed, and nothing is accepted, for it could not be written down: ", _log.Lines.Single().Line, StringComparison.Ordinal);
        Assert.False(_rig.Record.IsRequested);
        Assert.True(_rig.Outbox.Database.Health.IsFailing);
    }

    [Fact]
    public async Task A_long_press_opens_the_installers_window_and_commissions_nothing()
    {
        Task changed = _rig.Outbox.Changes.Next;
        await PressAsync(Press.Long, 514);

        Assert.Equal(new InstallerWindowOpening(1, SendingRig.Start, "button"), _window.Latest);
        Assert.True(changed.IsCompleted);
        Assert.False(_rig.Record.IsRequested);
    }

    public void Dispose()
    {
        _worker.Dispose();
        _devices.Dispose();
        _rig.Dispose();
    }

    /// <summary>Presses, and waits until that is done with, which a press after it tells.</summary>
    private async Task PressAsync(Press press, int id)
    {
        if (_worker.ExecuteTask is null) await _worker.StartAsync(TestContext.Current.CancellationToken);
        _presses.Add(press);
        await FaultRig.UntilAsync(() => _log.Lines.Any(line => line.Id == id));
        Assert.All(_log.Lines, line => Assert.Equal(id, line.Id));
    }
}
