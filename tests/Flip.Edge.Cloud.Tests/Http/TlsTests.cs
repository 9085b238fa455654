using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Cloud.Tests.Http;

public sealed class TlsTests
{
    [Fact]
    public async Task A_server_that_speaks_no_tls_is_a_failure_of_tls()
    {
        await using RawServer server = RawServer.Start(async (stream, _) => await RawServer.WriteAsync(stream, "HTTP/1.1 400 Bad Request\r\n\r\n"));

        CommissionOutcome.Transient outcome = await CommissionAsync(server, null, TimeProvider.System);

        Assert.Equal((TransientCause.Tls, false), (outcome.Cause, outcome.MayHaveArrived));
    }

    [Fact]
    public async Task A_self_signed_certificate_is_not_trusted_and_nothing_is_sent()
    {
        using X509Certificate2 certificate = Certificate("localhost", Sample.Now.AddYears(-1));
        await using RawServer server = Serve(certificate);

        CommissionOutcome.Transient outcome = await CommissionAsync(server, null, TimeProvider.System);

        Assert.Equal((TransientCause.Tls, false), (outcome.Cause, outcome.MayHaveArrived));
        Assert.Contains("UntrustedRoot", outcome.Detail, StringComparison.Ordinal);
        Assert.Equal("", server.Head);
    }

    [Fact]
    public async Task A_certificate_that_the_policy_trusts_is_accepted()
    {
        using X509Certificate2 certificate = Certificate("localhost", Sample.Now.AddYears(-1));
        await using RawServer server = Serve(certificate);
        using FlipClient client = Client(server, Trust(certificate, Sample.Now), TimeProvider.System);

        Assert.IsType<CommissionOutcome.Commissioned>(await client.CommissionAsync(Sample.Body, Sample.Stop));
    }

    [Fact]
    public async Task Another_hosts_certificate_is_refused()
    {
        using X509Certificate2 certificate = Certificate("other.example", Sample.Now.AddYears(-1));
        await using RawServer server = Serve(certificate);

        CommissionOutcome.Transient outcome = await CommissionAsync(server, Trust(certificate, Sample.Now), TimeProvider.System);

        Assert.Equal(TransientCause.Tls, outcome.Cause);
        Assert.Contains("another host's", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_of_1970_is_named_and_not_taken_for_a_failure_of_flips()
    {
        using X509Certificate2 certificate = Certificate("localhost", Sample.Now.AddYears(-1));
        await using RawServer server = Serve(certificate);
        DateTimeOffset wrong = new(1970, 1, 1, 0, 5, 0, TimeSpan.Zero);

        CommissionOutcome.Transient outcome = await CommissionAsync(server, Trust(certificate, wrong), new FakeTimeProvider(wrong));

        Assert.Equal((TransientCause.CertificateNotYetValid, false), (outcome.Cause, outcome.MayHaveArrived));
        Assert.Contains("the gateway's clock says 1970-01-01T00:05:00Z", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_is_a_failure_of_tls()
    {
        using X509Certificate2 certificate = Certificate("localhost", Sample.Now.AddYears(-1));
        await using RawServer server = Serve(certificate);
        DateTimeOffset late = Sample.Now.AddYears(5);

        Assert.Equal(TransientCause.Tls, (await CommissionAsync(server, Trust(certificate, late), new FakeTimeProvider(late))).Cause);
    }

    private static RawServer Serve(X509Certificate2 certificate) => RawServer.Start(async (stream, server) =>
    {
        await using SslStream tls = new(stream, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsServerAsync(certificate);
        await server.ReadRequestAsync(tls);
        await RawServer.WriteAsync(tls, "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"programs\":[]}");
    });

    private static X509ChainPolicy Trust(X509Certificate2 root, DateTimeOffset at)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTime = at.UtcDateTime,
            VerificationTimeIgnored = false,
        };
        policy.CustomTrustStore.Add(root);
        return policy;
    }

    private static X509Certificate2 Certificate(string host, DateTimeOffset validFrom)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={host}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(validFrom, validFrom.AddYears(3));
    }

    private static FlipClient Client(RawServer server, X509ChainPolicy? policy, TimeProvider time) => new(
        new() { BaseUrl = new($"https://localhost:{server.Port}"), ChainPolicy = policy },
        new Sample.FixedToken(Sample.Token),
        time);

    private static async Task<CommissionOutcome.Transient> CommissionAsync(RawServer server, X509ChainPolicy? policy, TimeProvider time)
    {
        using FlipClient client = Client(server, policy, time);
        return Assert.IsType<CommissionOutcome.Transient>(await client.CommissionAsync(Sample.Body, Sample.Stop));
    }
}
