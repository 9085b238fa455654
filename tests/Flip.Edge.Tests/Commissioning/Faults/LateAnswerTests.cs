using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Commissioning.Faults;

/// <summary>The answer takes longer than <c>Flip:Timeout</c>, 30 s, and the site is made before or after that.</summary>
public sealed class LateAnswerTests
{
    private const string Late = "Flip did not answer in time; the gateway tries again by itself. no answer within 30 s";

    [Fact]
    public async Task While_the_answer_is_awaited_the_status_says_sending_and_the_disk_that_nobody_knows()
    {
        await using FaultRig rig = await FaultRig.StartAsync("delay:60000");

        Task run = rig.Begin();
        await WaitsAsync(rig, 60);

        rig.Shows("sending", "sending", "sending the request to Flip", attempts: 1, lastOutcome: null);
        rig.Keeps(unknownTries: 1, sites: 1);
        Assert.Null(rig.Status.NextAttemptAt);
        await TimesOutAsync(rig, run);
    }

    [Fact]
    public async Task A_site_whose_answer_comes_too_late_is_found_by_asking()
    {
        await using FaultRig rig = await FaultRig.StartAsync("delay:60000");
        Task run = rig.Begin();
        await WaitsAsync(rig, 60);

        await TimesOutAsync(rig, run);

        rig.Shows("queued", "transient", Late, attempts: 1, "transient");
        rig.Keeps(unknownTries: 1, sites: 1);
        await rig.NextTryComesAfterAsync(0.5);
        rig.IsCommissioned(attempts: 1, byAsking: true);
    }

    [Fact]
    public async Task A_site_that_is_made_after_the_time_out_and_before_the_question_is_found_by_asking()
    {
        await using FaultRig rig = await FaultRig.StartAsync("late-commit:30200");
        Task run = rig.Begin();
        await WaitsAsync(rig, 30.2);

        await TimesOutAsync(rig, run);

        rig.Shows("queued", "transient", Late, attempts: 1, "transient");
        rig.Keeps(unknownTries: 1);
        DateTimeOffset next = rig.Status.NextAttemptAt!.Value;
        rig.Time.Advance(TimeSpan.FromSeconds(0.2));
        await FaultRig.UntilAsync(() => rig.Cloud.Ledger.Sites.Count == 1);
        Assert.Equal(SendingRig.Start.AddSeconds(30.5), next);
        await rig.ComesAfterAsync(rig.Begin(), TimeSpan.FromSeconds(0.5));
        rig.IsCommissioned(attempts: 1, byAsking: true);
    }

    [Fact]
    public async Task A_site_that_is_made_between_the_question_and_the_second_try_is_found_after_the_409()
    {
        MockFlipCloud? cloud = null;
        FaultRig? gateway = null;
        MockFlipCloudOptions options = new()
        {
            Script = request => request is { Endpoint: MockFaultContext.Commission, Number: 1 } ? MockFault.LateCommit(TimeSpan.FromSeconds(31)) : MockFault.None,
            OnArrival = request =>
            {
                if (request is not { Endpoint: MockFaultContext.Commission, Number: 2 }) return;
                gateway!.Time.Advance(TimeSpan.FromSeconds(1));
                SpinWait.SpinUntil(() => cloud!.Ledger.Sites.Count == 1, TimeSpan.FromSeconds(10));
            },
        };
        await using FaultRig rig = gateway = await FaultRig.StartAsync(options: options);
        cloud = rig.Cloud;
        Task run = rig.Begin();
        await WaitsAsync(rig, 31);
        await TimesOutAsync(rig, run);

        await rig.NextTryComesAfterAsync(0.5);

        rig.Shows("sending", "reconciling", "asking Flip whether it has the site already", attempts: 2, "conflict");
        rig.Keeps(unknownTries: 0, sites: 1);
        await rig.TryAsync();
        rig.IsCommissioned(attempts: 2, byAsking: true);
    }

    [Fact]
    public async Task A_request_that_arrives_after_all_was_done_makes_no_second_site()
    {
        await using FaultRig rig = await FaultRig.StartAsync("late-commit:60000");
        Task run = rig.Begin();
        await WaitsAsync(rig, 60);
        await TimesOutAsync(rig, run);
        rig.Keeps(unknownTries: 1);
        await rig.NextTryComesAfterAsync(0.5);
        rig.IsCommissioned(attempts: 2, byAsking: false);

        rig.Time.Advance(TimeSpan.FromMinutes(1));

        await FaultRig.UntilAsync(() => rig.Cloud.Ledger.Requests.Count == 2);
        Assert.Equal([200, 409], rig.Cloud.Ledger.Requests.Select(request => request.Status!.Value));
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    // Flip has the request, and waits by its own clock before it goes on.
    private static Task WaitsAsync(FaultRig rig, double seconds) => rig.Time.WaitsAsync(TimeSpan.FromSeconds(seconds));

    private static Task TimesOutAsync(FaultRig rig, Task run) => rig.EndsAfterAsync(run, TimeSpan.FromSeconds(30));
}
