using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Flip.Edge.Simulator.Tests.Commands;

public class CloudCommandTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Faults_befall_the_endpoint_that_they_name_and_are_told()
    {
        await using var command = new RunningCommand("cloud", "--token", "t", "--fail", "sites=503,sites=html", "--fail", "sites=ok");
        using var http = new HttpClient();
        var sites = new Uri(Address(await command.NextOutputAsync()), "/v1/sites");
        http.DefaultRequestHeaders.Authorization = new("Bearer", "t");

        using (HttpResponseMessage failed = await http.GetAsync(sites, Cancelled)) Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        using (HttpResponseMessage portal = await http.GetAsync(sites, Cancelled)) Assert.Equal("text/html", portal.Content.Headers.ContentType!.MediaType);
        Assert.Equal("[]", await http.GetStringAsync(sites, Cancelled));
        Assert.EndsWith("sites #1: 503, fault 503", await command.NextOutputAsync(), StringComparison.Ordinal);
        Assert.EndsWith("sites #2: 200, fault html", await command.NextOutputAsync(), StringComparison.Ordinal);
        Assert.EndsWith("sites #3: 200", await command.NextOutputAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_tls_the_authority_that_it_writes_is_what_a_client_has_to_trust()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("fest-").FullName, "authority.pem");
        await using var command = new RunningCommand("cloud", "--tls", file, "--certificates", "other-host");
        var ledger = new Uri(Address(await command.NextOutputAsync()), "/ledger");
        using var authority = X509CertificateLoader.LoadCertificateFromFile(file);
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        using var http = new HttpClient(handler);

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(ledger, Cancelled));
        Assert.Contains("commission_requests", await http.GetStringAsync(ledger, Cancelled), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData("--fail", "nonsense")]
    [InlineData("--fail", "oauth=503")]
    [InlineData("--certificates", "wrong")]
    public async Task An_unknown_word_is_a_wrong_command_line_and_is_named(string option, string word)
    {
        await using var command = new RunningCommand("cloud", option, word);
        Assert.Equal(2, await command.Completion);
        Assert.Contains(word.Split('=')[0], command.RestOfError(), StringComparison.Ordinal);
    }

    private static Uri Address(string line) => new(line.Split(' ')[^1]);
}
