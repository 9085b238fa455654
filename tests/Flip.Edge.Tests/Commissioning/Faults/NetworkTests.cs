using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Commissioning.Faults;

/// <summary>The request does not get as far as Flip, so there is nothing to ask about: the next try sends it.</summary>
public sealed class NetworkTests
{
    [Fact]
    public async Task Without_a_name_server_nothing_is_sent_until_there_is_one()
    {
        await using FaultRig rig = await FaultRig.StartAsync();
        rig.Route(new("https://flip.invalid"));

        await rig.TryAsync();

        rig.Shows("queued", "transient", "The gateway cannot find Flip's server by its name: check the internet connection", attempts: 1, "transient");
        rig.Keeps(unknownTries: 0);
        rig.Route(rig.Cloud.BaseUrl);
        await rig.NextTryComesAfterAsync(0.5);
        rig.IsCommissioned(attempts: 2, byAsking: false);
    }

    [Fact]
    public async Task A_connection_that_is_refused_is_tried_until_somebody_listens()
    {
        await using FaultRig rig = await FaultRig.StartAsync();
        await rig.CloudGoesAsync();

        await rig.TryAsync();
        foreach ((int attempts, double seconds) in new[] { (1, 0.5), (2, 1), (3, 2) })
        {
            rig.Shows("queued", "transient", "The gateway cannot reach Flip's server: check the internet connection", attempts, "transient");
            Assert.Contains("ConnectionRefused", rig.Status.Reason, StringComparison.Ordinal);
            rig.Keeps(unknownTries: 0);
            if (attempts == 3) await rig.CloudReturnsAsync();
            await rig.NextTryComesAfterAsync(seconds);
        }

        rig.IsCommissioned(attempts: 4, byAsking: false);
    }

    [Theory]
    [InlineData(MockCertificate.Expired, "NotTimeValid")]
    [InlineData(MockCertificate.OtherHost, "the certificate is another host's")]
    [InlineData(MockCertificate.Untrusted, "the certificate is not trusted")]
    public async Task To_a_wrong_certificate_nothing_is_sent_and_the_right_one_is_waited_for(MockCertificate wrong, string words)
    {
        await using FaultRig rig = await FaultRig.StartAsync(options: new()
        {
            Certificates = new(SendingRig.Start),
            CertificateOf = connection => connection <= 2 ? wrong : MockCertificate.Good,
        });

        await rig.TryAsync();
        foreach ((int attempts, double seconds) in new[] { (1, 0.5), (2, 1) })
        {
            rig.Shows("queued", "transient", "The connection to Flip is not secure, so nothing was sent: check the gateway's clock and any proxy on the way.", attempts, "transient");
            Assert.Contains(words, rig.Status.Reason, StringComparison.Ordinal);
            rig.Keeps(unknownTries: 0);
            Assert.Empty(rig.Cloud.Ledger.Calls);
            await rig.NextTryComesAfterAsync(seconds);
        }

        rig.IsCommissioned(attempts: 3, byAsking: false);
    }
}
