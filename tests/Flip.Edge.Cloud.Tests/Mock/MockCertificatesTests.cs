using System.Security.Cryptography.X509Certificates;
using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Cloud.Tests.Mock;

public sealed class MockCertificatesTests
{
    [Theory]
    [InlineData("expired", TransientCause.Tls)]
    [InlineData("other-host", TransientCause.Tls)]
    [InlineData("untrusted", TransientCause.Tls)]
    [InlineData("not-yet-valid", TransientCause.CertificateNotYetValid)]
    public async Task A_connection_with_a_wrong_certificate_sends_nothing_and_the_next_one_commissions(string word, TransientCause cause)
    {
        MockCertificate kind = Assert.Single(MockCertificateParser.Parse(word));
        Assert.Equal(word, MockCertificateParser.Format(kind));
        using MockCertificates certificates = new(TimeProvider.System.GetUtcNow());
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(
            new() { ClientToken = Sample.Token, Certificates = certificates, CertificateOf = n => n == 1 ? kind : MockCertificate.Good }, Sample.Stop);
        Assert.Equal(("https", "localhost"), (cloud.BaseUrl.Scheme, cloud.BaseUrl.Host));

        var refused = Assert.IsType<CommissionOutcome.Transient>(await CommissionAsync(cloud, certificates));
        Assert.Equal((cause, false), (refused.Cause, refused.MayHaveArrived));
        Assert.Equal(0, cloud.Ledger.CommissionRequests);

        Assert.IsType<CommissionOutcome.Commissioned>(await CommissionAsync(cloud, certificates));
    }

    [Fact]
    public void A_certificate_that_is_unknown_is_named() =>
        Assert.Contains("\"wrong\"", Assert.Throws<FormatException>(() => MockCertificateParser.Parse("ok,wrong")).Message, StringComparison.Ordinal);

    private static async Task<CommissionOutcome> CommissionAsync(MockFlipCloud cloud, MockCertificates certificates)
    {
        using X509Certificate2 authority = X509Certificate2.CreateFromPem(certificates.AuthorityPem);
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        using FlipClient client = new(new() { BaseUrl = cloud.BaseUrl, ChainPolicy = policy }, new Sample.FixedToken(Sample.Token), TimeProvider.System);
        return await client.CommissionAsync(Sample.Body, Sample.Stop);
    }
}
