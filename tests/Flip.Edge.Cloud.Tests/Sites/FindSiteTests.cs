using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Cloud.Tests.Sites;

public sealed class FindSiteTests
{
    private const string TokenJson = """{"site_access_token":"site-token-of-abc","expires_at":"2026-11-20T13:00:00Z"}""";

    [Fact]
    public async Task A_commissioned_site_is_found_with_its_devices_and_its_enrollment()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token }, Sample.Stop);
        using FlipClient client = Sample.Client(cloud.BaseUrl);
        await client.CommissionAsync(Sample.Body, Sample.Stop);

        SiteRecord site = await FoundAsync(client, "abc-789");

        Assert.Equal(("abc-789", new SiteDevice { Id = "xyz-123", SerialNumber = "123456789" }), (site.SiteId, site.Devices.Single()));
        Assert.Equal((EnrollmentStatus.Active, "abc-789"), (site.Enrollments.Single().Status, site.Enrollments.Single().SiteId));
    }

    [Fact]
    public async Task A_site_that_Flip_does_not_have_is_null_and_nothing_more_is_asked()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token }, Sample.Stop);
        using FlipClient client = Sample.Client(cloud.BaseUrl);

        Assert.Equal(new FlipAnswer<SiteRecord?>.Given(null), await client.FindAsync("abc-789", Sample.Stop));
        Assert.Equal([("POST", "/v1/auth/site/{siteId}", (int?)404)], cloud.Ledger.Calls.Select(call => (call.Method, call.Path, call.Status)));
    }

    [Theory]
    [InlineData("site-for-device::name")]
    [InlineData("a/b/../c")]
    [InlineData("100 % sure? #1 +é%2F")]
    public async Task An_id_with_odd_characters_finds_its_own_site(string siteId)
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token }, Sample.Stop);
        cloud.Ledger.Seed(siteId, """{"id":"d-1","serial_number":12345,"created_at":"2026-01-01"}""", """{"id":"d-2"}""");
        using FlipClient client = Sample.Client(cloud.BaseUrl);

        SiteRecord site = await FoundAsync(client, siteId);

        Assert.Equal([new() { Id = "d-1", SerialNumber = "12345" }, new() { Id = "d-2", SerialNumber = null }], site.Devices);
        Assert.Empty(site.Enrollments);
    }

    [Fact]
    public async Task A_site_that_goes_while_it_is_read_is_null_and_its_token_is_not_used_again()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token }, Sample.Stop);
        cloud.Ledger.Seed("abc-789");
        using FlipClient client = Sample.Client(cloud.BaseUrl);
        await FoundAsync(client, "abc-789");
        cloud.Ledger.Remove("abc-789");

        Assert.Equal(new FlipAnswer<SiteRecord?>.Given(null), await client.FindAsync("abc-789", Sample.Stop));
        Assert.Equal("/v1/site/{siteId}/devices", cloud.Ledger.Calls[^1].Path);
        Assert.Equal(new FlipAnswer<SiteRecord?>.Given(null), await client.FindAsync("abc-789", Sample.Stop));
        Assert.Equal("/v1/auth/site/{siteId}", cloud.Ledger.Calls[^1].Path);
    }

    [Fact]
    public async Task A_site_that_has_devices_is_there_although_Flip_knows_of_no_enrollments()
    {
        await using RawServer server = RawServer.Script(line =>
            line.StartsWith("POST", StringComparison.Ordinal) ? new(200, TokenJson)
            : line.Contains("enrollments", StringComparison.Ordinal) ? new(404, "{\"detail\":\"Not Found\"}")
            : new(200, "[{\"id\":\"xyz-123\",\"serial_number\":\"123456789\"}]"));
        using FlipClient client = Sample.Client(server.Url);

        SiteRecord site = await FoundAsync(client, "abc-789");

        Assert.Equal("xyz-123", Assert.Single(site.Devices).Id);
        Assert.Empty(site.Enrollments);
    }

    [Theory]
    [InlineData("text/html", "<html>Not found</html>")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "\"not found\"")]
    public async Task A_404_that_is_no_JSON_object_says_nothing_about_the_site(string mediaType, string body)
    {
        await using RawServer server = RawServer.Script(_ => new(404, body) { MediaType = mediaType });
        using FlipClient client = Sample.Client(server.Url);

        Assert.IsType<CommissionOutcome.NotFlip>(await WhyAsync(client));
    }

    [Theory]
    [InlineData(200, "{\"devices\":[]}", "not_flip", "the answer is Object, expected an array of devices")]
    [InlineData(200, "[1]", "not_flip", "the answer holds Number at [0], expected an array of devices")]
    [InlineData(200, "<html>", "not_flip", "HTTP 200: the answer is no JSON, but application/json")]
    [InlineData(200, "[{\"id\":\"secret-account", "transient", "HTTP 200: the answer broke off after 22 bytes")]
    [InlineData(302, "", "not_flip", "HTTP 302: a redirect, not followed")]
    [InlineData(429, "", "throttled", "HTTP 429 (application/json): no body")]
    [InlineData(503, "busy", "transient", "HTTP 503 (application/json): busy")]
    [InlineData(401, "no", "unauthorized", "it was issued just now; a relay has to pass it on unchanged; HTTP 401 (application/json): no")]
    public async Task What_is_no_list_of_devices_is_an_outcome_that_created_nothing(int status, string body, string name, string detail)
    {
        await using RawServer server = RawServer.Script(line => line.StartsWith("POST", StringComparison.Ordinal) ? new(200, TokenJson) : new(status, body));
        using FlipClient client = Sample.Client(server.Url);

        CommissionOutcome why = await WhyAsync(client);

        Assert.Equal((name, false), (why.Name, why.MayHaveArrived));
        Assert.Contains($"Detail = {detail}", why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_site_token_is_nothing_to_be_replaced_on_the_gateway()
    {
        await using RawServer server = RawServer.Script(line => line.StartsWith("POST", StringComparison.Ordinal) ? new(200, TokenJson) : new(401, "no"));
        using FlipClient client = Sample.Client(server.Url);

        CommissionOutcome why = await WhyAsync(client);

        Assert.Contains("the site token that it had issued itself: nothing is to be replaced on the gateway", why.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[\"site-token-of-abc\"]")]
    [InlineData("{\"token\":\"site-token-of-abc\"}")]
    [InlineData("{\"site_access_token\":[\"site-token-of-abc\"]}")]
    [InlineData("{\"site_access_token\":\"site-token-of-abc with a space\"}")]
    [InlineData("{\"site_access_token\":\"site-token-of-abc")]
    [InlineData("site_access_token=site-token-of-abc")]
    public async Task An_answer_without_a_usable_site_token_is_told_and_never_quoted(string body)
    {
        await using RawServer server = RawServer.Script(_ => new(200, body));
        using FlipClient client = Sample.Client(server.Url);

        CommissionOutcome why = await WhyAsync(client);

        Assert.False(why.MayHaveArrived);
        Assert.DoesNotContain("site-token-of-abc", why.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Lines);
    }

    [Fact]
    public async Task A_site_token_that_a_server_quotes_back_is_hidden()
    {
        await using RawServer server = RawServer.Script(line =>
            line.StartsWith("POST", StringComparison.Ordinal) ? new(200, TokenJson) : new(500, "cannot read site-token-of-abc"));
        using FlipClient client = Sample.Client(server.Url);

        Assert.Equal("HTTP 500 (application/json): cannot read ***", Assert.IsType<CommissionOutcome.Transient>(await WhyAsync(client)).Detail);
    }

    [Fact]
    public async Task A_connection_that_ends_before_an_answer_is_lost_and_nothing_was_created()
    {
        await using RawServer server = RawServer.Start((stream, self) => self.ReadRequestAsync(stream));
        using FlipClient client = Sample.Client(server.Url);

        var why = Assert.IsType<CommissionOutcome.Transient>(await WhyAsync(client));

        Assert.Equal((TransientCause.ConnectionLost, false), (why.Cause, why.MayHaveArrived));
    }

    [Fact]
    public async Task Without_a_client_token_nothing_is_sent()
    {
        await using RawServer server = RawServer.Reply(200, "");
        using FlipClient client = Sample.Client(server.Url, token: null);

        Assert.Equal(new CommissionOutcome.Unauthorized(null, "There is no token."), await WhyAsync(client));
        Assert.Equal(0, server.Connections);
    }

    private static async Task<SiteRecord> FoundAsync(FlipClient client, string siteId) =>
        Assert.IsType<FlipAnswer<SiteRecord?>.Given>(await client.FindAsync(siteId, Sample.Stop)).Value!;

    private static async Task<CommissionOutcome> WhyAsync(FlipClient client) =>
        Assert.IsType<FlipAnswer<SiteRecord?>.Failed>(await client.FindAsync("abc-789", Sample.Stop)).Why;
}
