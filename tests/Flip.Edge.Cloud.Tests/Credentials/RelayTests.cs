using System.Security.Cryptography.X509Certificates;
using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Cloud.Tests.Credentials;

public sealed class RelayTests : IAsyncLifetime
{
    private readonly CredentialFolder _folder = new();
    private readonly TestAuthority _authority = new("OEM");
    private MockFlipCloud _cloud = null!;
    private TestRelay _relay = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token }, Sample.Stop);
        _relay = await TestRelay.StartAsync(_authority, _cloud);
        _folder.Write("ca.pem", _authority.RootPem);
        Give("gateway-1");
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await _cloud.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_gateway_without_a_token_commissions_and_reads_its_site_through_the_relay()
    {
        using FlipClient client = Client();

        Assert.IsType<CommissionOutcome.Commissioned>(await client.CommissionAsync(Sample.Body, Sample.Stop));
        Assert.Equal("xyz-123", Assert.IsType<FlipAnswer<SiteRecord?>.Given>(await client.FindAsync("abc-789", Sample.Stop)).Value!.Devices.Single().Id);

        Assert.Equal(
            ["/v1/commission", "/v1/auth/site/abc-789", "/v1/site/abc-789/devices", "/v1/site/abc-789/enrollments"], _relay.Seen.Select(seen => seen.Path));
        Assert.All(_relay.Seen, seen => Assert.Equal("gateway-1", seen.Gateway));
        Assert.Equal(["", "", "Bearer site-", "Bearer site-"], _relay.Seen.Select(seen => seen.Authorization[..Math.Min(12, seen.Authorization.Length)]));
    }

    [Fact]
    public async Task A_rotated_certificate_is_used_without_a_restart()
    {
        using FlipClient client = Client();
        await client.FindAsync("none", Sample.Stop);
        Give("gateway-1-renewed");

        await client.FindAsync("none", Sample.Stop);

        Assert.Equal(["gateway-1", "gateway-1-renewed"], _relay.Seen.Select(seen => seen.Gateway));
    }

    [Fact]
    public async Task A_relay_that_turns_the_certificate_away_is_told_with_the_certificates_own_time()
    {
        _relay.IsOpen = false;
        using FlipClient client = Client();

        CommissionOutcome outcome = await client.CommissionAsync(Sample.Body, Sample.Stop);

        Assert.Contains($"the client certificate in {_folder["gateway.pem"]} is valid until ", Assert.IsType<CommissionOutcome.Transient>(outcome).Detail, StringComparison.Ordinal);
        Assert.Equal(0, _cloud.Ledger.CommissionRequests);
    }

    [Theory]
    [InlineData(401, "application/json", "{}")]
    [InlineData(403, "application/json", "{}")]
    [InlineData(400, "text/html", "<html><center>The SSL certificate error</center></html>")]
    public async Task A_relay_that_answers_with_a_refusal_means_the_certificate(int status, string mediaType, string body)
    {
        _relay.Instead = new(status, body) { MediaType = mediaType };
        using FlipClient client = Client();

        var refused = Assert.IsType<CommissionOutcome.Unauthorized>(await client.CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Equal((status, "Flip did not accept the client certificate: replace it with a valid one."), (refused.Status, refused.Sentence));
        Assert.Contains("is valid until ", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_Flip_refuses_behind_the_relay_is_still_invalid()
    {
        using FlipClient client = Client();

        Assert.IsType<CommissionOutcome.Invalid>(await client.CommissionAsync("{}"u8.ToArray(), Sample.Stop));
    }

    [Fact]
    public async Task An_expired_certificate_is_not_sent_and_named_with_its_last_day()
    {
        Give("gateway-1", TestAuthority.Now.AddYears(-2), new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));
        using FlipClient client = Client();

        var outcome = Assert.IsType<CommissionOutcome.Unauthorized>(await client.CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Null(outcome.Status);
        Assert.Contains("has expired: it was valid until 2025-03-01T12:00:00Z, and the gateway's clock says ", outcome.Detail, StringComparison.Ordinal);
        Assert.Empty(_relay.Seen);
    }

    [Fact]
    public async Task A_certificate_whose_time_has_not_come_speaks_of_the_clock()
    {
        Give("gateway-1", TestAuthority.Now.AddDays(1), TestAuthority.Now.AddYears(1));
        using FlipClient client = Client();

        var outcome = Assert.IsType<CommissionOutcome.Transient>(await client.CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Equal((TransientCause.CertificateNotYetValid, false), (outcome.Cause, outcome.MayHaveArrived));
        Assert.Empty(_relay.Seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_relay_whose_own_certificate_is_not_from_the_CA_file_is_not_trusted(bool isSystemsRoots)
    {
        using TestAuthority other = new("somebody else");
        _folder.Write("ca.pem", other.RootPem);
        using FlipClient client = Client(isSystemsRoots ? null : "ca.pem");

        var outcome = Assert.IsType<CommissionOutcome.Transient>(await client.CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Equal((TransientCause.Tls, false), (outcome.Cause, outcome.MayHaveArrived));
        Assert.Empty(_relay.Seen);
    }

    [Fact]
    public async Task A_gateway_of_another_authority_is_turned_away()
    {
        using TestAuthority other = new("somebody else");
        Give("gateway-1", authority: other);
        using FlipClient client = Client();

        Assert.IsType<CommissionOutcome.Transient>(await client.CommissionAsync(Sample.Body, Sample.Stop));
        Assert.Empty(_relay.Seen);
    }

    [Fact]
    public async Task A_key_from_systemd_is_used_where_no_file_is_configured()
    {
        File.Move(_folder["gateway.key"], _folder["flip-relay-key"]);
        using FlipClient client = Client(key: null);

        Assert.IsType<CommissionOutcome.Commissioned>(await client.CommissionAsync(Sample.Body, Sample.Stop));
    }

    private void Give(string name, DateTimeOffset? begin = null, DateTimeOffset? end = null, TestAuthority? authority = null)
    {
        using X509Certificate2 certificate = (authority ?? _authority).Issue(name, begin, end);
        _folder.Write("gateway.pem", certificate.ExportCertificatePem() + "\n" + (authority ?? _authority).IntermediatePem);
        _folder.Write("gateway.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    private FlipClient Client(string? ca = "ca.pem", string? key = "gateway.key")
    {
        RelayOptions relay = new()
        {
            CertificateFile = _folder["gateway.pem"],
            KeyFile = key is null ? null : _folder[key],
            CaFile = ca is null ? null : _folder[ca],
            CredentialsDirectory = _folder.Path,
        };
        return new(new() { BaseUrl = _relay.Url, Relay = relay }, new RelayCredential(), TimeProvider.System);
    }
}
