using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Commissioning;

public sealed class SendingStepTests : IDisposable
{
    private static readonly DateTimeOffset Start = SendingRig.Start;
    private readonly SendingRig _rig = new();

    [Fact]
    public async Task Two_refusals_and_a_success_are_three_tries_with_the_same_bytes()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Refused, ScriptedFlip.Refused, ScriptedFlip.Success);
        SendingStep step = _rig.Step(flip, chance: 0.5);

        for (int attempt = 1; attempt <= 3; attempt++) await _rig.RunAsync(step);

        Assert.Equal(CommissioningState.Commissioned, _rig.Record.State);
        Assert.Equal(3, _rig.Record.Outbox!.Attempts);
        Assert.Equal([Start, Start.AddSeconds(0.5), Start.AddSeconds(1.5)], flip.Sent.Select(sent => sent.At));
        Assert.All(flip.Sent, sent => Assert.Equal(Outbox.Request().Body, sent.Body));
    }

    [Fact]
    public async Task While_it_waits_the_status_says_why_and_when_the_next_try_is()
    {
        await _rig.RunAsync(_rig.Step(new(_rig.Time, ScriptedFlip.Unavailable()), chance: 0.5));

        Assert.Equal(CommissioningState.Queued, _rig.Record.State);
        Assert.Equal("transient", _rig.Record.Reason?.Code);
        Assert.Contains("503", _rig.Record.Reason?.Sentence, StringComparison.Ordinal);
        Assert.Equal(Start.AddSeconds(0.5), _rig.Record.Outbox!.NextAttemptAt);
        Assert.Equal("transient", _rig.Record.Outbox.LastOutcome);
    }

    [Fact]
    public async Task A_Retry_After_is_obeyed_even_when_somebody_presses_again()
    {
        ScriptedFlip flip = new(_rig.Time, new CommissionOutcome.Throttled(TimeSpan.FromSeconds(30), "slow down"), ScriptedFlip.Success);
        SendingStep step = _rig.Step(flip, chance: 0);
        await _rig.RunAsync(step);

        Task second = _rig.Begin(step);
        step.TryNow();
        _rig.Time.Advance(TimeSpan.FromSeconds(29));
        await Task.Yield();
        Assert.Single(flip.Sent);
        await _rig.FinishAsync(second);

        Assert.True(flip.Sent.Last().At >= Start.AddSeconds(30));
    }

    [Fact]
    public async Task Somebody_who_presses_again_does_not_wait_for_a_back_off()
    {
        ScriptedFlip flip = new(_rig.Time, ScriptedFlip.Refused, ScriptedFlip.Success);
        SendingStep step = _rig.Step(flip, chance: 1);
        await _rig.RunAsync(step);

        Task second = _rig.Begin(step);
        step.TryNow();
        await second;

        Assert.Equal(CommissioningState.Commissioned, _rig.Record.State);
        Assert.Equal(Start, flip.Sent.Last().At);
    }

    [Fact]
    public async Task A_refusal_of_the_data_waits_for_a_person()
    {
        await _rig.RunAsync(_rig.Step(new(_rig.Time, new CommissionOutcome.Invalid(400, "site.zip_code")), chance: 1));

        Assert.Equal(CommissioningState.Attention, _rig.Record.State);
        Assert.Equal("invalid", _rig.Record.Reason?.Code);
        Assert.True(_rig.Record.IsWaitingForAPerson);
        Assert.NotNull(_rig.Record.Outbox!.Body);
    }

    [Fact]
    public async Task A_wrong_token_needs_attention_and_is_tried_again_by_itself()
    {
        ScriptedFlip flip = new(_rig.Time, new CommissionOutcome.Unauthorized(401, "no"), ScriptedFlip.Success);
        SendingStep step = _rig.Step(flip, chance: 1);
        await _rig.RunAsync(step);

        Assert.Equal(CommissioningState.Attention, _rig.Record.State);
        Assert.NotNull(_rig.Record.Outbox!.NextAttemptAt);

        await _rig.RunAsync(step);
        Assert.Equal(CommissioningState.Commissioned, _rig.Record.State);
    }

    [Fact]
    public async Task A_wrong_token_is_tried_again_by_itself_even_when_the_jitter_is_nothing()
    {
        await _rig.RunAsync(_rig.Step(new(_rig.Time, new CommissionOutcome.Unauthorized(401, "no")), chance: 0));

        Assert.Equal(CommissioningState.Attention, _rig.Record.State);
        Assert.False(_rig.Record.IsWaitingForAPerson);
    }

    [Fact]
    public async Task Somebody_who_presses_while_a_try_is_under_way_does_not_wait_for_the_back_off_after_it()
    {
        ScriptedFlip flip = new(_rig.Time, ScriptedFlip.Refused, ScriptedFlip.Refused, ScriptedFlip.Success);
        SendingStep step = _rig.Step(flip, chance: 1);
        flip.Meanwhile = () =>
        {
            flip.Meanwhile = null;
            step.TryNow();
        };

        for (int attempt = 1; attempt <= 3; attempt++) await _rig.RunAsync(step);

        // The press is worth one try, and no more.
        Assert.Equal([Start, Start, Start.AddSeconds(2)], flip.Sent.Select(sent => sent.At));
    }

    [Fact]
    public async Task A_restart_of_a_request_that_was_never_sent_spreads_the_fleet_by_half_a_minute()
    {
        _rig.Freeze();
        _rig.Outbox.Restart();
        ScriptedFlip flip = new(_rig.Time, ScriptedFlip.Success);

        await _rig.RunAsync(_rig.Step(flip, chance: 0.5));

        Assert.Equal(Outbox.Request().Body, Assert.Single(flip.Sent).Body);
        Assert.Equal(Start.AddSeconds(15), flip.Sent.Single().At);
        Assert.Contains(_rig.Log.Lines, told => told.Id == 226 && told.Line.Contains("goes on in 15.0 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restart_keeps_to_what_is_left_of_the_wait()
    {
        await _rig.RunAsync(_rig.Step(new(_rig.Time, new CommissionOutcome.Throttled(TimeSpan.FromSeconds(60), "slow down")), chance: 0));
        _rig.Time.Advance(TimeSpan.FromSeconds(20));
        _rig.Outbox.Restart();
        ScriptedFlip flip = new(_rig.Time, ScriptedFlip.Success);

        await _rig.RunAsync(_rig.Step(flip, chance: 0));

        Assert.True(flip.Sent.Single().At >= Start.AddSeconds(60));
    }

    [Fact]
    public async Task Before_the_clock_is_set_nothing_is_sent()
    {
        ScriptedFlip flip = new(_rig.Time, ScriptedFlip.Success);
        SendingStep step = _rig.Step(flip, chance: 0, built: Start.AddHours(1));

        Task run = _rig.Begin(step);
        _rig.Time.Advance(TimeSpan.FromMinutes(30));
        await Task.Yield();
        Assert.Empty(flip.Sent);
        Assert.Equal("clock", _rig.Record.Reason?.Code);

        _rig.Time.SetUtcNow(Start.AddHours(2));
        await _rig.FinishAsync(run);
        Assert.Equal(CommissioningState.Commissioned, _rig.Record.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_the_disk_does_not_take_is_kept_and_never_asked_for_again(bool success)
    {
        ScriptedFlip flip = new(_rig.Time, success ? ScriptedFlip.Success : new CommissionOutcome.Invalid(400, "site.zip_code"));
        SendingStep step = _rig.Step(flip, chance: 0);
        Sql("CREATE TEMP TRIGGER full BEFORE UPDATE OF last_outcome ON outbox WHEN NEW.last_outcome IS NOT NULL BEGIN SELECT RAISE(ABORT, 'disk full'); END");

        Task run = _rig.Begin(step);
        for (int minute = 0; minute < 5; minute++)
        {
            _rig.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.False(run.IsCompleted);
        Assert.Equal(CommissioningState.Sending, _rig.Record.State);
        Sql("DROP TRIGGER full");
        await _rig.FinishAsync(run);

        Assert.Equal(success ? CommissioningState.Commissioned : CommissioningState.Attention, _rig.Record.State);
        Assert.Single(flip.Sent);
        Assert.Equal(success ? 1 : 0, new Flip.Edge.Storage.EnrollmentStore(_rig.Outbox.Database).Latest()?.Version ?? 0);
    }

    [Fact]
    public async Task The_answers_to_a_programs_form_are_not_kept()
    {
        await _rig.RunAsync(_rig.Step(new(_rig.Time, ScriptedFlip.Success), chance: 0));

        string stored = new Flip.Edge.Storage.EnrollmentStore(_rig.Outbox.Database).Latest()!.State;
        Assert.Contains("ACTIVE", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("123456-0", stored, StringComparison.Ordinal);
    }

    private void Sql(string sql) => _rig.Outbox.Database.Write(connection =>
    {
        using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    });

    public void Dispose() => _rig.Dispose();
}
