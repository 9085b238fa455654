using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Cloud.Tests.Mock;

public sealed class MockFlipCloudTests : IDisposable
{
    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task The_clients_request_is_to_the_letter_of_the_page_and_is_commissioned_once()
    {
        await using MockFlipCloud cloud = await StartAsync("ok");

        var first = Assert.IsType<CommissionOutcome.Commissioned>(await CommissionAsync(cloud));
        Assert.IsType<CommissionOutcome.Conflict>(await CommissionAsync(cloud));

        Assert.Empty(cloud.Ledger.Findings);
        Assert.Equal(CommissionSerializer.Digest(Sample.Body), cloud.Ledger.Sites.Single().BodySha256);
        Assert.Equal("Demo Program", first.Response.Programs.Single().Name);
        Assert.Equal((EnrollmentStatus.Active, "abc-789"), (first.Response.Enrollment!.Status, first.Response.Enrollment.SiteId));
        Assert.Equal([200, 409], cloud.Ledger.Requests.Select(request => request.Status));
    }

    [Theory]
    [InlineData("503", "transient", 0)]
    [InlineData("502-after-commit", "transient", 1)]
    [InlineData("429:7", "throttled", 0)]
    [InlineData("429:date:7", "throttled", 0)]
    [InlineData("401", "unauthorized", 0)]
    [InlineData("400", "invalid", 0)]
    [InlineData("drop", "transient", 0)]
    [InlineData("drop-after-commit", "transient", 1)]
    [InlineData("delay:20", "commissioned", 1)]
    [InlineData("html", "not_flip", 0)]
    [InlineData("redirect", "not_flip", 0)]
    [InlineData("truncated", "transient", 1)]
    [InlineData("endless", "not_flip", 0)]
    [InlineData("not-commission", "not_flip", 0)]
    [InlineData("empty", "not_flip", 0)]
    public async Task Each_fault_has_its_outcome_and_the_next_try_finds_the_truth(string fault, string name, int sites)
    {
        await using MockFlipCloud cloud = await StartAsync(fault);

        CommissionOutcome outcome = await CommissionAsync(cloud);

        Assert.Equal((name, sites), (outcome.Name, cloud.Ledger.Sites.Count));
        Assert.Equal(fault, cloud.Ledger.Requests.Single().Fault!.ToString());
        if (sites > 0) Assert.True(outcome.MayHaveArrived);
        if (fault.EndsWith(":7", StringComparison.Ordinal))
            Assert.InRange(Assert.IsType<CommissionOutcome.Throttled>(outcome).RetryAfter!.Value.TotalSeconds, 6, 8);
        Assert.Equal(sites == 0 ? "commissioned" : "conflict", (await CommissionAsync(cloud)).Name);
        Assert.Single(cloud.Ledger.Sites);
    }

    [Fact]
    public async Task A_delay_longer_than_the_time_out_is_a_time_out_of_a_site_that_is_there()
    {
        await using MockFlipCloud cloud = await StartAsync("delay:60000");
        using FlipClient client = Sample.Client(cloud.BaseUrl, TimeSpan.FromSeconds(1));

        var outcome = Assert.IsType<CommissionOutcome.Transient>(await client.CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Equal((TransientCause.Timeout, true), (outcome.Cause, outcome.MayHaveArrived));
        Assert.Single(cloud.Ledger.Sites);
    }

    [Fact]
    public async Task The_example_of_the_page_is_refused_for_what_is_deprecated_and_for_its_bare_date()
    {
        await using MockFlipCloud cloud = await StartAsync();

        using HttpResponseMessage answer = await PostAsync(cloud, PageExample.Json(PageExample.Request));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            ["devices[0].configuration", "devices[0].install_date", "site.service_account_id"],
            cloud.Ledger.Findings.Select(finding => finding.Path).Where(path => path != "site.email").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("site", "id", null, "site.id")]
    [InlineData("site", "state_code", "\"DC\"", "site.state_code")]
    [InlineData("site", "email", "\"nobody\"", "site.email")]
    [InlineData("site", "first_name", "1", "site.first_name")]
    [InlineData("site", "timezone", "\"UTC\"", "site.timezone")]
    [InlineData("device", "site_id", "\"other\"", "devices[0].site_id")]
    [InlineData("device", "type", "\"HEAT_PUMP\"", "devices[0].type")]
    [InlineData("device", "serial_number", "123", "devices[0].serial_number")]
    [InlineData("device", "install_date", "\"2026-11-19T15:30:00\"", "devices[0].install_date")]
    [InlineData("device", "attributes", "{}", "devices[0].attributes.battery_capacity_wh")]
    [InlineData("root", "can_auto_enroll", "\"true\"", "can_auto_enroll")]
    [InlineData("root", "can_auto_enroll", null, "can_auto_enroll")]
    [InlineData("root", "devices", "[]", "devices")]
    [InlineData("root", "extra", "1", "extra")]
    public async Task A_slip_is_refused_with_its_path(string place, string name, string? value, string path)
    {
        await using MockFlipCloud cloud = await StartAsync();
        JsonObject body = PageExample.Json(Sample.Body);
        JsonObject parent = (place switch { "site" => body["site"]!, "device" => body["devices"]![0]!, _ => body }).AsObject();
        if (value is null) parent.Remove(name);
        else parent[name] = JsonNode.Parse(value);

        using HttpResponseMessage answer = await PostAsync(cloud, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(path, cloud.Ledger.Findings.Select(finding => finding.Path));
        Assert.Empty(cloud.Ledger.Sites);
    }

    [Fact]
    public async Task A_wrong_token_is_refused()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new(), Sample.Stop);

        Assert.Equal(401, Assert.IsType<CommissionOutcome.Unauthorized>(await CommissionAsync(cloud)).Status);
    }

    [Fact]
    public async Task A_device_of_another_site_is_a_conflict()
    {
        await using MockFlipCloud cloud = await StartAsync();
        await CommissionAsync(cloud);
        CommissionRequest second = CommissionRequestBuilder.Build(Sample.Site with { Id = "second" }, [Sample.Device], false);
        using FlipClient client = Sample.Client(cloud.BaseUrl);

        Assert.IsType<CommissionOutcome.Conflict>(await client.CommissionAsync(CommissionSerializer.Serialize(second), Sample.Stop));
    }

    [Fact]
    public async Task A_site_token_opens_its_site_and_no_other()
    {
        await using MockFlipCloud cloud = await StartAsync();
        await CommissionAsync(cloud);
        Assert.True(cloud.Ledger.SetEnrollment("abc-789", "REJECTED"));

        Assert.Equal(404, (await SendAsync(cloud, HttpMethod.Post, "/v1/auth/site/unknown", Sample.Token)).Status);
        Assert.Equal(401, (await SendAsync(cloud, HttpMethod.Post, "/v1/auth/site/abc-789", "wrong")).Status);
        string token = (string)(await SendAsync(cloud, HttpMethod.Post, "/v1/auth/site/abc-789", Sample.Token)).Body!["site_access_token"]!;

        Assert.Equal("123456789", (string?)(await SendAsync(cloud, HttpMethod.Get, "/v1/site/abc-789/devices", token)).Body![0]!["serial_number"]);
        Assert.Equal("REJECTED", (string?)(await SendAsync(cloud, HttpMethod.Get, "/v1/site/abc-789/enrollments", token)).Body![0]!["status"]);
        Assert.Equal("xyz-123", (string?)(await SendAsync(cloud, HttpMethod.Get, "/v1/site/abc-789/device/xyz-123", token)).Body!["id"]);
        Assert.Equal(404, (await SendAsync(cloud, HttpMethod.Get, "/v1/site/abc-789/device/none", token)).Status);
        Assert.Equal(403, (await SendAsync(cloud, HttpMethod.Get, "/v1/site/other/devices", token)).Status);
        Assert.Equal(401, (await SendAsync(cloud, HttpMethod.Get, "/v1/site/abc-789/devices", Sample.Token)).Status);
        Assert.Equal("abc-789", (string?)(await SendAsync(cloud, HttpMethod.Get, "/v1/sites", Sample.Token)).Body![0]!["id"]);
    }

    [Fact]
    public async Task The_ledger_tells_what_happened()
    {
        List<MockRequest> told = [];
        await using MockFlipCloud cloud = await StartAsync("503", told.Add);
        await CommissionAsync(cloud);
        await CommissionAsync(cloud);

        JsonNode ledger = JsonNode.Parse(await _http.GetStringAsync(new Uri(cloud.BaseUrl, "/ledger"), Sample.Stop))!;

        Assert.Equal(2, (int)ledger["commission_requests"]!);
        Assert.Equal("abc-789", (string?)ledger["sites"]![0]!["id"]);
        Assert.Equal("xyz-123", (string?)ledger["sites"]![0]!["devices"]![0]!["id"]);
        Assert.Equal([503, 200], ledger["requests"]!.AsArray().Select(request => (int)request!["status"]!));
        Assert.Equal(["503", null], ledger["requests"]!.AsArray().Select(request => (string?)request!["fault"]));
        Assert.Equal(told, cloud.Ledger.Requests);
    }

    [Theory]
    [InlineData("88800", true, null, "ACTIVE")]
    [InlineData("88800", false, null, null)]
    [InlineData("88800", false, "PENDING", "PENDING")]
    [InlineData("10001", true, null, null)]
    public async Task Enrollment_follows_consent_and_zip_code_unless_the_option_says_otherwise(string zip, bool auto, string? option, string? status)
    {
        await using MockFlipCloud cloud =
            await MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token, EnrollmentStatus = option }, Sample.Stop);
        using FlipClient client = Sample.Client(cloud.BaseUrl);
        CommissionRequest request = CommissionRequestBuilder.Build(Sample.Site with { ZipCode = zip }, [Sample.Device], auto);

        var outcome = Assert.IsType<CommissionOutcome.Commissioned>(await client.CommissionAsync(CommissionSerializer.Serialize(request), Sample.Stop));

        Assert.Equal(status, outcome.Response.Enrollment?.Status?.Value);
        Assert.Equal(zip == "88800" ? 1 : 0, outcome.Response.Programs.Count);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("99")]
    [InlineData("429:soon")]
    [InlineData("delay")]
    public void A_fault_that_is_unknown_is_named(string text) =>
        Assert.Contains(text, Assert.Throws<FormatException>(() => MockFaultParser.Parse($"503,{text}")).Message, StringComparison.Ordinal);

    private static Task<MockFlipCloud> StartAsync(string faults = "", Action<MockRequest>? told = null) =>
        MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token, Faults = MockFaultParser.Parse(faults), OnRequest = told }, Sample.Stop);

    private static async Task<CommissionOutcome> CommissionAsync(MockFlipCloud cloud)
    {
        using FlipClient client = Sample.Client(cloud.BaseUrl);
        return await client.CommissionAsync(Sample.Body, Sample.Stop);
    }

    private async Task<HttpResponseMessage> PostAsync(MockFlipCloud cloud, JsonObject body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(cloud.BaseUrl, "/v1/commission"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Sample.Token);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
        request.Content.Headers.ContentType = new("application/json");
        return await _http.SendAsync(request, Sample.Stop);
    }

    private async Task<(int Status, JsonNode? Body)> SendAsync(MockFlipCloud cloud, HttpMethod method, string path, string token)
    {
        using HttpRequestMessage request = new(method, new Uri(cloud.BaseUrl, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage answer = await _http.SendAsync(request, Sample.Stop);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Sample.Stop)));
    }
}
