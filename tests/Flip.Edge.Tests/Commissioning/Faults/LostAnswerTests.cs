using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Commissioning.Faults;

/// <summary>The answer does not arrive, and the request may have: each time Flip is asked, and there is one site in the end.</summary>
public sealed class LostAnswerTests
{
    private const string Lost = "The connection to Flip was lost before an answer came; the gateway tries again by itself.";

    [Fact]
    public async Task A_connection_that_drops_before_the_request_is_read_is_asked_about_and_the_request_sent_again()
    {
        await using FaultRig rig = await FaultRig.StartAsync("drop");

        await rig.TryAsync();

        rig.Shows("queued", "transient", Lost, attempts: 1, "transient");
        rig.Keeps(unknownTries: 1);
        await rig.NextTryComesAfterAsync(0.5);
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Fact]
    public async Task A_connection_that_drops_after_the_commit_is_asked_about_and_nothing_is_sent_again()
    {
        await using FaultRig rig = await FaultRig.StartAsync("drop-after-commit");

        await rig.TryAsync();

        rig.Shows("queued", "transient", Lost, attempts: 1, "transient");
        rig.Keeps(unknownTries: 1, sites: 1);
        await rig.NextTryComesAfterAsync(0.5);
        rig.IsCommissioned(attempts: 1, byAsking: true);
        Assert.Equal(1, rig.Cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_about_and_nothing_is_sent_again()
    {
        await using FaultRig rig = await FaultRig.StartAsync("truncated");

        await rig.TryAsync();

        rig.Shows("queued", "transient", "Flip's answer arrived only in part; the gateway tries again by itself.", attempts: 1, "transient");
        rig.Keeps(unknownTries: 1, sites: 1);
        await rig.NextTryComesAfterAsync(0.5);
        rig.IsCommissioned(attempts: 1, byAsking: true);
    }

    [Fact]
    public async Task A_request_that_is_delivered_twice_brings_a_409_which_is_asked_about_at_once()
    {
        await using FaultRig rig = await FaultRig.StartAsync("duplicate");

        await rig.TryAsync();

        rig.Shows("sending", "reconciling", "asking Flip whether it has the site already", attempts: 1, "conflict");
        rig.Keeps(unknownTries: 0, sites: 1);
        Assert.Null(rig.Status.NextAttemptAt);
        await rig.TryAsync();
        rig.IsCommissioned(attempts: 1, byAsking: true);
        Assert.Equal(SendingRig.Start, rig.Time.GetUtcNow());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_server_error_is_asked_about_and_the_request_sent_again(int status)
    {
        await using FaultRig rig = await FaultRig.StartAsync($"{status}");

        await rig.TryAsync();

        rig.Shows("queued", "transient", $"Flip's server has a problem of its own; the gateway tries again by itself. HTTP {status}", attempts: 1, "transient");
        rig.Keeps(unknownTries: 1);
        await rig.NextTryComesAfterAsync(0.5);
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_server_error_behind_which_the_site_was_made_is_asked_about_and_nothing_is_sent_again(int status)
    {
        await using FaultRig rig = await FaultRig.StartAsync($"{status}-after-commit");

        await rig.TryAsync();

        rig.Shows("queued", "transient", $"HTTP {status}", attempts: 1, "transient");
        rig.Keeps(unknownTries: 1, sites: 1);
        await rig.NextTryComesAfterAsync(0.5);
        rig.IsCommissioned(attempts: 1, byAsking: true);
    }

    [Fact]
    public async Task A_cloud_that_stays_broken_is_tried_in_windows_that_double_and_each_time_asked_first()
    {
        await using FaultRig rig = await FaultRig.StartAsync("503,503,503,503");

        await rig.TryAsync();
        foreach ((int attempts, double seconds) in new[] { (1, 0.5), (2, 1), (3, 2), (4, 4) })
        {
            rig.Shows("queued", "transient", "HTTP 503", attempts, "transient");
            rig.Keeps(unknownTries: 1);
            await rig.NextTryComesAfterAsync(seconds);
        }

        rig.IsCommissioned(attempts: 5, byAsking: false);
    }

    [Fact]
    public async Task A_site_that_is_made_while_Flip_cannot_be_asked_is_found_once_it_can()
    {
        await using FaultRig rig = await FaultRig.StartAsync("drop-after-commit,auth=503,devices=drop,programs=502");

        await rig.TryAsync();
        foreach ((string words, double seconds) in new[] { (Lost, 0.5), ("HTTP 503", 1), (Lost, 2), ("HTTP 502", 4) })
        {
            rig.Shows("queued", "transient", words, attempts: 1, "transient");
            rig.Keeps(unknownTries: 1, sites: 1);
            await rig.NextTryComesAfterAsync(seconds);
        }

        rig.IsCommissioned(attempts: 1, byAsking: true);
        Assert.Equal(1, rig.Cloud.Ledger.CommissionRequests);
    }
}
