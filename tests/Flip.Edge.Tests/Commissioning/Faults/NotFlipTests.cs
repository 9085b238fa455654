using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Commissioning.Faults;

/// <summary>Something answers that Flip would not say. It may stand behind Flip or before it, so Flip is asked what it has.</summary>
public sealed class NotFlipTests
{
    private const string NotFlip = "Something other than Flip answered: check Flip:BaseUrl, and whether the network wants a login; the gateway tries again. ";

    [Theory]
    [InlineData("html", "the answer is no commission response; HTTP 200 (text/html)")]
    [InlineData("redirect", "HTTP 302: redirected to the host portal.invalid, not followed")]
    [InlineData("empty", "the answer is no commission response; HTTP 200: no body")]
    [InlineData("not-commission", "the answer is no commission response; HTTP 200 (application/json)")]
    [InlineData("endless", "the answer is longer than 1048576 bytes; HTTP 200 (application/json)")]
    public async Task An_answer_that_is_not_Flips_is_no_success_and_is_asked_about(string fault, string words)
    {
        await using FaultRig rig = await FaultRig.StartAsync(fault);

        await rig.TryAsync();

        rig.Shows("queued", "not_flip", NotFlip + words, attempts: 1, "not_flip");
        rig.Keeps(unknownTries: 1);
        await rig.NextTryComesAfterAsync(0.5);
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Fact]
    public async Task A_captive_portal_before_everything_is_told_until_somebody_logs_in_and_then_the_same_bytes_arrive()
    {
        bool isLoggedIn = false;
        await using FaultRig rig = await FaultRig.StartAsync(options: new() { Script = _ => isLoggedIn ? MockFault.None : new(MockFaultKind.Html) });

        await rig.TryAsync();
        foreach ((int attempts, double seconds) in new[] { (1, 0.5), (1, 1), (1, 2), (1, 4), (2, 8), (3, 16) })
        {
            rig.Shows("queued", "not_flip", NotFlip, attempts, "not_flip");
            rig.Keeps(unknownTries: attempts);
            await rig.NextTryComesAfterAsync(seconds);
        }

        isLoggedIn = true;
        await rig.NextTryComesAfterAsync(32);
        rig.IsCommissioned(attempts: 5, byAsking: false);
    }
}
