using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Commissioning;

public sealed class SendingStepTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(Start);
    private readonly Outbox _outbox;

    public SendingStepTests() => _outbox = new(_directory.Path, _time);

    [Fact]
    public async Task Two_refusals_and_a_success_are_three_tries_with_the_same_bytes()
    {
        ScriptedFlip flip = new ScriptedFlip(_time, ScriptedFlip.Refused, ScriptedFlip.Refused, ScriptedFlip.Success);
        SendingStep step = Step(flip, chance: 0.5);

        for (int attempt = 1; attempt <= 3; attempt++) await RunAsync(step);

        Assert.Equal(CommissioningState.Commissioned, _outbox.Record.State);
        Assert.Equal(3, _outbox.Record.Outbox!.Attempts);
        Assert.Equal([Start, Start.AddSeconds(0.5), Start.AddSeconds(1.5)], flip.Sent.Select(sent => sent.At));
        Assert.All(flip.Sent, sent => Assert.Equal(Outbox.Request().Body, sent.Body));
    }

    [Fact]
    public async Task While_it_waits_the_status_says_why_and_when_the_next_try_is()
    {
        await RunAsync(Step(new(_time, ScriptedFlip.Unavailable()), chance: 0.5));

        Assert.Equal(CommissioningState.Queued, _outbox.Record.State);
        Assert.Equal("transient", _outbox.Record.Reason?.Code);
        Assert.Contains("503", _outbox.Record.Reason?.Sentence, StringComparison.Ordinal);
        Assert.Equal(Start.AddSeconds(0.5), _outbox.Record.Outbox!.NextAttemptAt);
        Assert.Equal("transient", _outbox.Record.Outbox.LastOutcome);
    }

    [Fact]
    public async Task A_Retry_After_is_obeyed_even_when_somebody_presses_again()
    {
        ScriptedFlip flip = new(_time, new CommissionOutcome.Throttled(TimeSpan.FromSeconds(30), "slow down"), ScriptedFlip.Success);
        SendingStep step = Step(flip, chance: 0);
        await RunAsync(step);

        Task second = step.RunAsync(_outbox.Record.Outbox!, TestContext.Current.CancellationToken);
        step.TryNow();
        _time.Advance(TimeSpan.FromSeconds(29));
        await Task.Yield();
        Assert.Single(flip.Sent);
        await FinishAsync(second);

        Assert.True(flip.Sent.Last().At >= Start.AddSeconds(30));
    }

    [Fact]
    public async Task Somebody_who_presses_again_does_not_wait_for_a_back_off()
    {
        ScriptedFlip flip = new(_time, ScriptedFlip.Refused, ScriptedFlip.Success);
        SendingStep step = Step(flip, chance: 1);
        await RunAsync(step);

        Task second = step.RunAsync(_outbox.Record.Outbox!, TestContext.Current.CancellationToken);
        step.TryNow();
        await second;

        Assert.Equal(CommissioningState.Commissioned, _outbox.Record.State);
        Assert.Equal(Start, flip.Sent.Last().At);
    }

    [Fact]
    public async Task A_refusal_of_the_data_waits_for_a_person()
    {
        await RunAsync(Step(new(_time, new CommissionOutcome.Invalid(400, "site.zip_code")), chance: 1));

        Assert.Equal(CommissioningState.Attention, _outbox.Record.State);
        Assert.Equal("invalid", _outbox.Record.Reason?.Code);
        Assert.True(_outbox.Record.IsWaitingForAPerson);
        Assert.NotNull(_outbox.Record.Outbox!.Body);
    }

    [Fact]
    public async Task A_wrong_token_needs_attention_and_is_tried_again_by_itself()
    {
        ScriptedFlip flip = new(_time, new CommissionOutcome.Unauthorized(401, "no"), ScriptedFlip.Success);
        SendingStep step = Step(flip, chance: 1);
        await RunAsync(step);

        Assert.Equal(CommissioningState.Attention, _outbox.Record.State);
        Assert.NotNull(_outbox.Record.Outbox!.NextAttemptAt);

        await RunAsync(step);
        Assert.Equal(CommissioningState.Commissioned, _outbox.Record.State);
    }

    [Fact]
    public async Task A_wrong_token_is_tried_again_by_itself_even_when_the_jitter_is_nothing()
    {
        await RunAsync(Step(new(_time, new CommissionOutcome.Unauthorized(401, "no")), chance: 0));

        Assert.Equal(CommissioningState.Attention, _outbox.Record.State);
        Assert.False(_outbox.Record.IsWaitingForAPerson);
    }

    [Fact]
    public async Task Somebody_who_presses_while_a_try_is_under_way_does_not_wait_for_the_back_off_after_it()
    {
        ScriptedFlip flip = new(_time, ScriptedFlip.Refused, ScriptedFlip.Refused, ScriptedFlip.Success);
        SendingStep step = Step(flip, chance: 1);
        flip.Meanwhile = () =>
        {
            flip.Meanwhile = null;
            step.TryNow();
        };

        for (int attempt = 1; attempt <= 3; attempt++) await RunAsync(step);

        // The press is worth one try, and no more.
        Assert.Equal([Start, Start, Start.AddSeconds(2)], flip.Sent.Select(sent => sent.At));
    }

    [Fact]
    public async Task A_restart_of_a_request_that_was_never_sent_spreads_the_fleet_by_half_a_minute()
    {
        _outbox.Freeze();
        _outbox.Restart();
        ScriptedFlip flip = new(_time, ScriptedFlip.Success);

        await RunAsync(Step(flip, chance: 0.5));

        Assert.Equal(Outbox.Request().Body, Assert.Single(flip.Sent).Body);
        Assert.Equal(Start.AddSeconds(15), flip.Sent.Single().At);
    }

    [Fact]
    public async Task A_restart_keeps_to_what_is_left_of_the_wait()
    {
        await RunAsync(Step(new(_time, new CommissionOutcome.Throttled(TimeSpan.FromSeconds(60), "slow down")), chance: 0));
        _time.Advance(TimeSpan.FromSeconds(20));
        _outbox.Restart();
        ScriptedFlip flip = new(_time, ScriptedFlip.Success);

        await RunAsync(Step(flip, chance: 0));

        Assert.True(flip.Sent.Single().At >= Start.AddSeconds(60));
    }

    [Fact]
    public async Task Before_the_clock_is_set_nothing_is_sent()
    {
        ScriptedFlip flip = new(_time, ScriptedFlip.Success);
        SendingStep step = Step(flip, chance: 0, built: Start.AddHours(1));

        Task run = step.RunAsync(_outbox.Record.Outbox!, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMinutes(30));
        await Task.Yield();
        Assert.Empty(flip.Sent);
        Assert.Equal("clock", _outbox.Record.Reason?.Code);

        _time.SetUtcNow(Start.AddHours(2));
        await FinishAsync(run);
        Assert.Equal(CommissioningState.Commissioned, _outbox.Record.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_the_disk_does_not_take_is_kept_and_never_asked_for_again(bool success)
    {
        ScriptedFlip flip = new(_time, success ? ScriptedFlip.Success : new CommissionOutcome.Invalid(400, "site.zip_code"));
        SendingStep step = Step(flip, chance: 0);
        Sql("CREATE TEMP TRIGGER full BEFORE UPDATE OF last_outcome ON outbox WHEN NEW.last_outcome IS NOT NULL BEGIN SELECT RAISE(ABORT, 'disk full'); END");

        Task run = step.RunAsync(_outbox.Record.Outbox!, TestContext.Current.CancellationToken);
        for (int minute = 0; minute < 5; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.False(run.IsCompleted);
        Assert.Equal(CommissioningState.Sending, _outbox.Record.State);
        Sql("DROP TRIGGER full");
        await FinishAsync(run);

        Assert.Equal(success ? CommissioningState.Commissioned : CommissioningState.Attention, _outbox.Record.State);
        Assert.Single(flip.Sent);
        Assert.Equal(success ? 1 : 0, new Flip.Edge.Storage.EnrollmentStore(_outbox.Database).Latest()?.Version ?? 0);
    }

    [Fact]
    public async Task The_answers_to_a_programs_form_are_not_kept()
    {
        await RunAsync(Step(new(_time, ScriptedFlip.Success), chance: 0));

        string stored = new Flip.Edge.Storage.EnrollmentStore(_outbox.Database).Latest()!.State;
        Assert.Contains("ACTIVE", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("123456-0", stored, StringComparison.Ordinal);
    }

    // What is frozen before the step is there is what a restart finds.
    private SendingStep Step(ScriptedFlip flip, double chance, DateTimeOffset? built = null)
    {
        SendingStep step = new(
            _outbox.Store, flip, new(flip, _outbox.Store, NullLogger<ReconcilingStep>.Instance), new(new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15)), () => chance),
            new(_time, built ?? Start.AddDays(-1)), new(), new(_time, NullLogger<PatientDisk>.Instance), _time, NullLogger<SendingStep>.Instance);
        if (_outbox.Record.Outbox is null) _outbox.Freeze();
        return step;
    }

    private void Sql(string sql) => _outbox.Database.Write(connection =>
    {
        using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    });

    private async Task RunAsync(SendingStep step) => await FinishAsync(step.RunAsync(_outbox.Record.Outbox!, TestContext.Current.CancellationToken));

    private async Task FinishAsync(Task run)
    {
        while (!run.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await run;
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }
}
