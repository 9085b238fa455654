using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Enrollment;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Commissioning;

/// <summary>What follows when nobody knows whether Flip has the site: it is asked, and that settles it.</summary>
public sealed class ReconciliationTests : IDisposable
{
    private const string Body = """{"site":{"id":"abc-789","zip_code":"88800"},"devices":[{"id":"xyz-123","serial_number":"123456789","type":"BATTERY"}]}""";
    private static readonly DateTimeOffset Start = SendingRig.Start;
    private readonly SendingRig _rig = new() { Request = Outbox.Request(body: Body) };

    [Fact]
    public async Task A_lost_answer_is_settled_by_asking_and_nothing_is_sent_again()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Lost).HasSite(("xyz-123", "123456789"));

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Commissioned);

        Assert.Single(flip.Sent);
        EnrollmentState state = EnrollmentText.Read(new EnrollmentStore(_rig.Outbox.Database).Latest()!.State);
        Assert.Equal(EnrollmentStatus.Active, state.Enrollment?.Status);
        Assert.Equal("p-1", Assert.Single(state.Programs).Id);
        Assert.Equal("88800", flip.ZipCode);
        Assert.Empty(state.Enrollment!.ProgramSpecificAttributes!);
        Assert.Null(_rig.Record.Outbox!.Body);
    }

    [Fact]
    public async Task A_lost_request_is_sent_again_once_Flip_says_that_it_has_no_such_site()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Lost, ScriptedFlip.Success).HasNoSite();

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Commissioned);

        Assert.Equal(2, flip.Sent.Count);
        Assert.Single(flip.Sent.Select(sent => Convert.ToHexString(sent.Body)).Distinct());
    }

    [Fact]
    public async Task A_409_to_the_very_first_try_is_asked_about_at_once_so_a_replaced_gateway_adopts_its_site()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Conflict).HasSite(("xyz-123", "123456789"));

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Commissioned);

        Assert.Equal(Start, Assert.Single(flip.Asked));
        Assert.Equal("commissioned", _rig.Record.Outbox!.LastOutcome);
        Assert.Contains("found by asking", _rig.Record.Outbox.LastDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_try_asks_before_it_sends_anything()
    {
        _rig.Freeze();
        _rig.Outbox.Store.BeginAttempt("key-1");
        _rig.Outbox.Restart();
        ScriptedFlip flip = new ScriptedFlip(_rig.Time).HasSite(("xyz-123", "123456789"));

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Commissioned);

        Assert.Empty(flip.Sent);
        Assert.True(flip.Asked.Single() >= Start.AddSeconds(15), "a restart may have been the whole fleet's");
    }

    [Fact]
    public async Task Somebody_elses_site_needs_a_person_and_says_what_differs()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Conflict).HasSite(("xyz-123", "OTHER"));

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Attention);

        Assert.Equal("conflict", _rig.Record.Reason?.Code);
        Assert.Contains("device xyz-123 has the serial number 123456789 here, and OTHER at Flip", _rig.Record.Reason?.Sentence, StringComparison.Ordinal);
        Assert.Contains("flip-edge reload", _rig.Record.Reason?.Sentence, StringComparison.Ordinal);
        Assert.True(_rig.Record.IsWaitingForAPerson);
        Assert.Empty(flip.Added);
    }

    [Fact]
    public async Task A_site_without_our_device_is_finished_with_the_device_as_it_was_frozen()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Lost).HasSite().HasSite(("xyz-123", "123456789"));

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Commissioned);

        Assert.Equal("""{"id":"xyz-123","serial_number":"123456789","type":"BATTERY"}""", Assert.Single(flip.Added));
        Assert.Single(flip.Sent);
    }

    [Fact]
    public async Task A_device_that_Flip_will_not_take_needs_a_person_and_is_named()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Lost).HasSite().HasSite();
        flip.AnswerToAdding = new FlipAnswer<bool>.Failed(ScriptedFlip.Conflict);

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Attention);

        Assert.Equal("incomplete", _rig.Record.Reason?.Code);
        Assert.Contains("without device xyz-123 (serial number 123456789)", _rig.Record.Reason?.Sentence, StringComparison.Ordinal);
        Assert.Contains("HTTP 409", _rig.Record.Reason?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_whose_adding_was_lost_is_looked_for_before_it_is_added_again()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Lost).HasSite().HasSite(("xyz-123", "123456789"));
        flip.AnswerToAdding = new FlipAnswer<bool>.Failed(ScriptedFlip.Lost);

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Commissioned);

        Assert.Single(flip.Added);
    }

    [Fact]
    public async Task A_device_that_was_taken_and_is_never_listed_needs_a_person()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Lost).HasSite().HasSite().HasSite();

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Attention);

        Assert.Equal(2, flip.Added.Count);
        Assert.Contains("Flip said yes, and does not list it", _rig.Record.Reason?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_Flip_cannot_be_asked_the_status_says_so_and_it_is_asked_again()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Lost).CannotBeAsked(ScriptedFlip.Refused).HasSite(("xyz-123", "123456789"));
        SendingStep step = _rig.Step(flip);
        await _rig.RunAsync(step);
        await _rig.RunAsync(step);

        Assert.Equal(CommissioningState.Queued, _rig.Record.State);
        Assert.Equal("transient", _rig.Record.Reason?.Code);
        Assert.Equal(1, _rig.Record.Outbox!.Attempts);
        Assert.NotNull(_rig.Record.Outbox.NextAttemptAt);

        await _rig.UntilAsync(step, CommissioningState.Commissioned);
        Assert.Single(flip.Sent);
    }

    [Fact]
    public async Task A_Retry_After_to_a_question_outlives_a_restart()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Lost).CannotBeAsked(new CommissionOutcome.Throttled(TimeSpan.FromMinutes(10), "slow down"));
        SendingStep step = _rig.Step(flip);
        await _rig.RunAsync(step);
        await _rig.RunAsync(step);
        DateTimeOffset asked = flip.Asked.Single();
        _rig.Outbox.Restart();
        flip.HasSite(("xyz-123", "123456789"));

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Commissioned);

        Assert.True(flip.Asked.Last() >= asked.AddMinutes(10), $"asked again after {flip.Asked.Last() - asked}");
    }

    [Fact]
    public async Task Three_409_for_a_site_that_Flip_says_it_has_not_need_a_person()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Conflict, ScriptedFlip.Conflict, ScriptedFlip.Conflict).HasNoSite().HasNoSite().HasNoSite();

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Attention);

        Assert.Equal(3, flip.Sent.Count);
        Assert.Equal("conflict", _rig.Record.Reason?.Code);
        Assert.Contains("a device stands at another site already: xyz-123 (serial number 123456789)", _rig.Record.Reason?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_shows_up_late_after_a_409_is_found()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Conflict, ScriptedFlip.Conflict).HasNoSite().HasSite(("xyz-123", "123456789"));

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Commissioned);
    }

    [Fact]
    public async Task Where_nothing_lets_a_question_through_the_same_bytes_are_sent_again_in_the_end()
    {
        CommissionOutcome notFlip = new CommissionOutcome.NotFlip("HTTP 404 (text/html)", MayHaveArrived: false);
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Lost, ScriptedFlip.Success)
            .CannotBeAsked(notFlip).CannotBeAsked(notFlip).CannotBeAsked(notFlip).CannotBeAsked(notFlip);

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Commissioned);

        Assert.Equal(2, flip.Sent.Count);
    }

    [Fact]
    public async Task A_conflict_is_not_said_to_contradict_a_question_that_nobody_answered()
    {
        CommissionOutcome notFlip = new CommissionOutcome.NotFlip("HTTP 404 (text/html)", MayHaveArrived: false);
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Lost, ScriptedFlip.Conflict, ScriptedFlip.Conflict)
            .CannotBeAsked(notFlip).CannotBeAsked(notFlip).CannotBeAsked(notFlip).CannotBeAsked(notFlip).CannotBeAsked(notFlip);
        SendingStep step = _rig.Step(flip);
        for (int run = 1; run <= 2; run++) await _rig.RunAsync(step);
        Assert.Contains("The question was whether Flip has the site abc-789", _rig.Record.Reason?.Sentence, StringComparison.Ordinal);

        for (int run = 3; run <= 9 && flip.Sent.Count < 3; run++) await _rig.RunAsync(step);

        Assert.Equal("conflict", _rig.Record.Reason?.Code);
        Assert.Contains("could not be asked whether it has it", _rig.Record.Reason?.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("says that it has no such site", _rig.Record.Reason?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_token_while_asking_needs_attention_and_is_tried_again_by_itself()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Lost).CannotBeAsked(new CommissionOutcome.Unauthorized(401, "revoked"));
        SendingStep step = _rig.Step(flip);
        await _rig.RunAsync(step);
        await _rig.RunAsync(step);

        Assert.Equal(CommissioningState.Attention, _rig.Record.State);
        Assert.Equal("unauthorized", _rig.Record.Reason?.Code);
        Assert.False(_rig.Record.IsWaitingForAPerson);

        flip.HasSite(("xyz-123", "123456789"));
        await _rig.UntilAsync(step, CommissioningState.Commissioned);
    }

    [Fact]
    public async Task Programs_that_Flip_refuses_to_tell_do_not_hold_the_commissioning_up()
    {
        ScriptedFlip flip = new ScriptedFlip(_rig.Time, ScriptedFlip.Lost).HasSite(("xyz-123", "123456789"));
        flip.Programs = new FlipAnswer<IReadOnlyList<FlipProgram>>.Failed(new CommissionOutcome.Invalid(422, "zip_code is required"));

        await _rig.UntilAsync(_rig.Step(flip), CommissioningState.Commissioned);

        Assert.Empty(EnrollmentText.Read(new EnrollmentStore(_rig.Outbox.Database).Latest()!.State).Programs);
    }

    public void Dispose() => _rig.Dispose();
}
