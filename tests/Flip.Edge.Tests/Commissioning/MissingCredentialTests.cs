using Flip.Edge.Commissioning;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Commissioning;

/// <summary>
/// The field's finding: without a token each look at its file counted as a try and doubled the back-off, so that a gateway whose token came after
/// an hour sat out another quarter of an hour.
/// </summary>
public sealed class MissingCredentialTests : IDisposable
{
    private const string Missing = "No client token is configured; write it to /etc/flip-edge/flip-client-token";
    private readonly SendingRig _rig = new();
    private string? _missing = Missing;

    public MissingCredentialTests() => _rig.Look = () => Task.FromResult<string?>(_missing);

    [Fact]
    public async Task It_is_no_try_however_long_it_lasts_and_the_first_one_comes_at_once()
    {
        ScriptedFlip flip = new(_rig.Time, ScriptedFlip.Success);
        SendingStep step = _rig.Step(flip);
        await _rig.Begin(step);
        for (int look = 0; look < 100; look++) await _rig.RunAsync(step);

        Assert.Equal(
            (CommissioningState.Attention, new StateReason("unauthorized", $"The gateway has no usable client token for Flip: put it in place as the detail says. {Missing}. It goes on by itself then")),
            (_rig.Record.State, _rig.Record.Reason));
        Assert.Equal((0, 0, null, null), (_rig.Record.Outbox!.Attempts, _rig.Record.Outbox.UnknownTries, _rig.Record.Outbox.LastOutcome, _rig.Record.Outbox.NextAttemptAt));
        Assert.True(_rig.Record.LacksCredential);
        Assert.False(_rig.Record.IsWaitingForAPerson);
        Assert.Empty(flip.Sent);

        _missing = null;
        Task run = _rig.Begin(step);

        await run.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal((CommissioningState.Commissioned, 1), (_rig.Record.State, _rig.Record.Outbox!.Attempts));
    }

    [Fact]
    public async Task What_lasts_is_written_to_the_disk_once()
    {
        SendingStep step = _rig.Step(new(_rig.Time));
        await _rig.Begin(step);
        CommissioningRecord held = _rig.Record;

        for (int look = 0; look < 10; look++) await _rig.RunAsync(step);

        Assert.Same(held, _rig.Record);
    }

    [Fact]
    public async Task A_back_off_from_before_is_as_it_was_afterwards_but_for_its_wait()
    {
        _missing = null;
        ScriptedFlip flip = new(_rig.Time, ScriptedFlip.Refused, ScriptedFlip.Refused, ScriptedFlip.Refused);
        SendingStep step = _rig.Step(flip);
        await _rig.RunAsync(step);
        _missing = Missing;
        for (int look = 0; look < 50; look++) await _rig.RunAsync(step);
        Assert.Equal(1, _rig.Record.Outbox!.Attempts);

        _missing = null;
        await _rig.RunAsync(step);

        // The second failure's window, 2 s, and not the fifty-second's.
        Assert.Equal(_rig.Time.GetUtcNow().AddSeconds(1), _rig.Record.Outbox!.NextAttemptAt);
    }

    [Fact]
    public async Task What_Flip_asked_for_is_waited_out_before_the_credential_is_looked_for()
    {
        _missing = null;
        ScriptedFlip flip = new(_rig.Time, ScriptedFlip.Unavailable(TimeSpan.FromSeconds(60)), ScriptedFlip.Success);
        flip.HasNoSite();
        SendingStep step = _rig.Step(flip);
        await _rig.RunAsync(step);
        _missing = Missing;

        Task run = _rig.Begin(step);
        _rig.Time.Advance(TimeSpan.FromSeconds(59));
        step.TryNow();

        Assert.False(run.IsCompleted);
        Assert.True(_rig.Record.Outbox!.IsAskedToWait);
        await _rig.FinishAsync(run);
        Assert.True(_rig.Record.LacksCredential);
        _missing = null;
        await _rig.RunAsync(step);
        Assert.Equal(CommissioningState.Commissioned, _rig.Record.State);
    }

    [Fact]
    public async Task Somebody_who_presses_has_it_looked_for_at_once()
    {
        SendingStep step = _rig.Step(new(_rig.Time, ScriptedFlip.Success));
        await _rig.Begin(step);
        Task run = _rig.Begin(step);
        await _rig.Time.WaitsAsync(CredentialWatch.WhileUnusable);
        _missing = null;

        step.TryNow();

        await run.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(CommissioningState.Commissioned, _rig.Record.State);
    }

    [Fact]
    public async Task After_a_restart_that_brings_it_the_status_says_so_before_the_starts_jitter_is_over()
    {
        await _rig.Begin(_rig.Step(new(_rig.Time)));
        _missing = null;
        using Outbox old = _rig.Kill();
        SendingStep next = _rig.Step(new(_rig.Time, ScriptedFlip.Success));

        Task run = _rig.Begin(next);

        await FaultRig.UntilAsync(() => _rig.Record.State == CommissioningState.Queued);
        Assert.Equal("the credential is in place now, and the request is about to be sent", _rig.Record.Reason!.Sentence);
        Assert.False(run.IsCompleted);
        await _rig.FinishAsync(run);
        Assert.Equal((CommissioningState.Commissioned, 1), (_rig.Record.State, _rig.Record.Outbox!.Attempts));
    }

    public void Dispose() => _rig.Dispose();
}
