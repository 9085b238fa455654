using System.Net;
using Flip.Edge.Simulator.Cloud;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Cloud.Tests.Credentials;

public sealed class OAuthCredentialTests : IDisposable
{
    private const string Secret = "s3cret+of/the=oauth&client";

    private readonly CredentialFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Sample.Now);
    private readonly List<IDisposable> _open = [];

    public OAuthCredentialTests() => _folder.Write("secret", Secret + "\n");

    public void Dispose()
    {
        foreach (IDisposable one in _open) one.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_commission_goes_out_with_an_access_token_that_the_secret_bought()
    {
        await using MockFlipCloud cloud = await StartAsync();

        Assert.IsType<CommissionOutcome.Commissioned>(await Client(cloud.BaseUrl).CommissionAsync(Sample.Body, Sample.Stop));
        Assert.Equal([("/token", (int?)200), ("/v1/commission", 200)], Calls(cloud));
    }

    [Fact]
    public async Task The_grant_is_form_encoded_with_the_id_and_the_secret()
    {
        await using RawServer server = RawServer.Reply(401, "");

        await Client(server.Url).CommissionAsync(Sample.Body, Sample.Stop);

        Assert.Contains("Content-Type: application/x-www-form-urlencoded", server.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", server.Head, StringComparison.Ordinal);
        Assert.Equal(
            "grant_type=client_credentials&client_id=oem+1&client_secret=s3cret%2Bof%2Fthe%3Doauth%26client", System.Text.Encoding.ASCII.GetString(server.Body));
    }

    [Fact]
    public async Task A_token_is_kept_for_four_fifths_of_its_life_whatever_the_wall_clock_does()
    {
        await using MockFlipCloud cloud = await StartAsync(TimeSpan.FromMinutes(10));
        FlipClient client = Client(cloud.BaseUrl);
        await client.FindAsync("none", Sample.Stop);

        _time.Advance(TimeSpan.FromMinutes(7.9));
        await client.FindAsync("none", Sample.Stop);
        Assert.Equal(1, TokenRequests(cloud));

        _time.Advance(TimeSpan.FromMinutes(0.2));
        await client.FindAsync("none", Sample.Stop);
        Assert.Equal(2, TokenRequests(cloud));
    }

    [Fact]
    public async Task A_token_that_Flip_refuses_is_renewed_once_and_the_commission_sent_again_once()
    {
        await using MockFlipCloud cloud = await StartAsync();
        FlipClient client = Client(cloud.BaseUrl);
        await client.FindAsync("none", Sample.Stop);
        cloud.Ledger.RevokeAccessTokens();

        Assert.IsType<CommissionOutcome.Commissioned>(await client.CommissionAsync(Sample.Body, Sample.Stop));
        Assert.Equal([("/v1/commission", 401), ("/token", 200), ("/v1/commission", (int?)200)], Calls(cloud)[2..]);
        Assert.Equal(cloud.Ledger.Requests[0].Sha256, cloud.Ledger.Requests[1].Sha256);
    }

    [Fact]
    public async Task A_new_token_that_is_refused_too_is_a_matter_for_a_person()
    {
        await using RawServer server = RawServer.Script(line => line == "POST /token" ? new(200, """{"access_token":"t-1","expires_in":3600}""") : new(401, "no t-1"));

        var refused = Assert.IsType<CommissionOutcome.Unauthorized>(await Client(server.Url).CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Equal((401, "HTTP 401 (application/json): no ***", "Flip did not accept the OAuth credential: replace it with a valid one."), (refused.Status, refused.Detail, refused.Sentence));
        Assert.Equal(["POST /token", "POST /v1/commission", "POST /token", "POST /v1/commission"], server.Lines);
    }

    [Fact]
    public async Task Ten_askers_at_once_make_one_token_request()
    {
        await using MockFlipCloud cloud = await StartAsync();
        FlipClient client = Client(cloud.BaseUrl);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => client.FindAsync($"none-{i}", Sample.Stop)));

        Assert.Equal((1, 10), (TokenRequests(cloud), Calls(cloud).Count(call => call == ("/v1/auth/site/{siteId}", 404))));
    }

    [Fact]
    public async Task A_wrong_secret_is_named_and_the_right_one_is_used_as_soon_as_the_file_has_it()
    {
        await using MockFlipCloud cloud = await StartAsync();
        FlipClient client = Client(cloud.BaseUrl);
        _folder.Write("secret", "yesterdays");

        var refused = Assert.IsType<CommissionOutcome.Unauthorized>(await client.CommissionAsync(Sample.Body, Sample.Stop));
        Assert.Equal(
            (401, "127.0.0.1: HTTP 401 (application/json): {\"error\":\"invalid_client\"}; check Flip:OAuth:ClientId and the client secret"),
            (refused.Status, refused.Detail));
        Assert.Equal(0, cloud.Ledger.CommissionRequests);

        _folder.Write("secret", Secret);
        Assert.IsType<CommissionOutcome.Commissioned>(await client.CommissionAsync(Sample.Body, Sample.Stop));
    }

    [Theory]
    [InlineData(400, "{\"error\":\"invalid_client\"}", "unauthorized")]
    [InlineData(400, "<html>", "not_flip")]
    [InlineData(401, "", "unauthorized")]
    [InlineData(403, "", "unauthorized")]
    [InlineData(404, "{}", "not_flip")]
    [InlineData(409, "{}", "not_flip")]
    [InlineData(429, "{}", "throttled")]
    [InlineData(500, "{}", "transient")]
    [InlineData(302, "", "not_flip")]
    [InlineData(200, "<html>Log in</html>", "not_flip")]
    [InlineData(200, "{}", "not_flip")]
    [InlineData(200, "{\"access_token\":\"hidden\",\"token_type\":\"MAC\"}", "not_flip")]
    [InlineData(200, "{\"access_token\":\"hidden and broken\"}", "not_flip")]
    [InlineData(200, "{\"access_token\":\"hidden", "transient")]
    [InlineData(200, "access_token=hidden", "not_flip")]
    public async Task A_token_endpoint_that_gives_no_token_is_an_outcome_and_nothing_arrived_at_Flip(int status, string body, string name)
    {
        await using RawServer server = RawServer.Script(_ => new(status, body) { Header = "Retry-After: 7" });

        CommissionOutcome outcome = await Client(server.Url).CommissionAsync(Sample.Body, Sample.Stop);

        Assert.Equal((name, false), (outcome.Name, outcome.MayHaveArrived));
        Assert.Equal(["POST /token"], server.Lines);
        Assert.DoesNotContain("hidden", outcome.ToString(), StringComparison.Ordinal);
        if (outcome is CommissionOutcome.Throttled throttled) Assert.Equal(TimeSpan.FromSeconds(7), throttled.RetryAfter);
    }

    [Fact]
    public async Task A_secret_that_the_endpoint_quotes_back_is_hidden()
    {
        await using RawServer server = RawServer.Reply(401, $"not {Secret} nor {Uri.EscapeDataString(Secret)}");

        CommissionOutcome outcome = await Client(server.Url).CommissionAsync(Sample.Body, Sample.Stop);

        Assert.Contains("not *** nor ***", outcome.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_cannot_be_reached_leaves_nothing_unknown()
    {
        using System.Net.Sockets.TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        Uri url = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();

        var outcome = Assert.IsType<CommissionOutcome.Transient>(await Client(url).CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Equal((TransientCause.Connect, false, "127.0.0.1: no connection (ConnectionRefused)"), (outcome.Cause, outcome.MayHaveArrived, outcome.Detail));
    }

    [Fact]
    public async Task An_endpoint_that_is_away_for_a_while_is_bridged_by_the_rest_of_the_old_tokens_life()
    {
        bool isAway = false;
        await using RawServer server = RawServer.Script(line => line != "POST /token" ? new(404, "{}")
            : isAway ? new(503, "{}") : new(200, """{"access_token":"t","token_type":"bearer","expires_in":"600"}"""));
        FlipClient client = Client(server.Url);
        await client.FindAsync("none", Sample.Stop);
        isAway = true;

        _time.Advance(TimeSpan.FromMinutes(9.5));
        Assert.IsType<FlipAnswer<SiteRecord?>.Given>(await client.FindAsync("none", Sample.Stop));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<FlipAnswer<SiteRecord?>.Failed>(await client.FindAsync("none", Sample.Stop));
    }

    [Fact]
    public async Task A_missing_secret_is_named_and_nothing_is_sent()
    {
        await using RawServer server = RawServer.Reply(200, "");
        File.Delete(_folder["secret"]);

        var outcome = Assert.IsType<CommissionOutcome.Unauthorized>(await Client(server.Url).CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Equal((null, $"The secret file {_folder["secret"]} does not exist: create it with mode 0600, or correct Flip:OAuth:ClientSecretFile."), (outcome.Status, outcome.Detail));
        Assert.Equal("The gateway has no usable OAuth credential for Flip: put it in place as the detail says.", outcome.Sentence);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task The_systemd_credential_is_used_where_no_file_is_configured()
    {
        await using MockFlipCloud cloud = await StartAsync();
        File.Move(_folder["secret"], _folder["flip-client-secret"]);

        Assert.IsType<CommissionOutcome.Commissioned>(await Client(cloud.BaseUrl, useFile: false).CommissionAsync(Sample.Body, Sample.Stop));
    }

    private static int TokenRequests(MockFlipCloud cloud) => Calls(cloud).Count(call => call.Path == "/token");

    private static (string Path, int? Status)[] Calls(MockFlipCloud cloud) => [.. cloud.Ledger.Calls.Select(call => (call.Path, call.Status))];

    private Task<MockFlipCloud> StartAsync(TimeSpan? life = null) => MockFlipCloud.StartAsync(
        new() { ClientToken = "nobodys", ClientId = "oem 1", ClientSecret = Secret, TokenLife = life ?? TimeSpan.FromHours(1), Time = _time }, Sample.Stop);

    private FlipClient Client(Uri url, bool useFile = true)
    {
        OAuthOptions options = new()
        {
            TokenEndpoint = new(url, "/token"),
            ClientId = "oem 1",
            ClientSecretFile = useFile ? _folder["secret"] : null,
            CredentialsDirectory = _folder.Path,
        };
        OAuthCredential credential = new(options, new(), _time);
        FlipClient client = new(new() { BaseUrl = url }, credential, _time);
        _open.AddRange([client, credential]);
        return client;
    }
}
