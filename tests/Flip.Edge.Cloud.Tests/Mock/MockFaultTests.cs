using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Flip.Edge.Simulator.Cloud;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Cloud.Tests.Mock;

/// <summary>Faults of every endpoint, and those that only a script of all of them can make.</summary>
public sealed class MockFaultTests : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero });

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_request_that_a_proxy_delivers_twice_makes_one_site_and_its_client_sees_a_conflict()
    {
        await using MockFlipCloud cloud = await StartAsync("duplicate");

        Assert.Equal("conflict", (await CommissionAsync(cloud)).Name);

        MockRequest request = Assert.Single(cloud.Ledger.Requests);
        Assert.Equal((409, true), (request.Status, request.Committed));
        Assert.Single(cloud.Ledger.Sites);
    }

    [Fact]
    public async Task A_late_commit_comes_although_its_client_has_given_up()
    {
        FakeTimeProvider time = new(Sample.Now);
        await using MockFlipCloud cloud = await StartAsync("late-commit:60000", time: time);
        // Long enough for the whole request to arrive, on a busy machine too: of a half one nothing is committed.
        using FlipClient impatient = Sample.Client(cloud.BaseUrl, TimeSpan.FromSeconds(2));

        var outcome = Assert.IsType<CommissionOutcome.Transient>(await impatient.CommissionAsync(Sample.Body, Sample.Stop));
        Assert.Equal((TransientCause.Timeout, true), (outcome.Cause, outcome.MayHaveArrived));
        Assert.Empty(cloud.Ledger.Sites);

        time.Advance(TimeSpan.FromSeconds(60));
        for (int tries = 0; tries < 500 && cloud.Ledger.Requests.Count == 0; tries++) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Sample.Stop);
        Assert.True(Assert.Single(cloud.Ledger.Requests).Committed);
        Assert.Equal("conflict", (await CommissionAsync(cloud)).Name);
        Assert.Single(cloud.Ledger.Sites);
    }

    [Theory]
    [InlineData("503", 503)]
    [InlineData("429:7", 429)]
    [InlineData("429:date:7", 429)]
    [InlineData("401", 401)]
    [InlineData("502-after-commit", 502)]
    [InlineData("html", 200)]
    [InlineData("redirect", 302)]
    [InlineData("not-commission", 200)]
    [InlineData("empty", 200)]
    [InlineData("delay:20", 200)]
    [InlineData("late-commit:20", 200)]
    [InlineData("duplicate", 200)]
    [InlineData("drop", null)]
    [InlineData("drop-after-commit", null)]
    [InlineData("truncated", null)]
    public async Task Every_fault_can_befall_another_endpoint_than_the_commissions(string fault, int? status)
    {
        List<MockExchange> told = [];
        await using MockFlipCloud cloud = await StartAsync($"auth={fault}", told.Add);
        await CommissionAsync(cloud);

        Assert.Equal(status, await AuthAsync(cloud));
        Assert.Equal(200, await AuthAsync(cloud));

        Assert.Equal([fault, "ok"], told.Where(exchange => exchange.Request.Endpoint == "auth").Select(exchange => $"{exchange.Fault}"));
        Assert.Null(Assert.Single(cloud.Ledger.Requests).Fault);
    }

    [Fact]
    public async Task Faults_are_counted_for_each_endpoint_by_itself()
    {
        await using MockFlipCloud cloud = await StartAsync("503,auth=ok,auth=500,sites=404");
        Assert.Equal("transient", (await CommissionAsync(cloud)).Name);
        Assert.Equal("commissioned", (await CommissionAsync(cloud)).Name);

        Assert.Equal([200, 500, 200], [await AuthAsync(cloud), await AuthAsync(cloud), await AuthAsync(cloud)]);
        Assert.Equal(404, await SendAsync(HttpMethod.Get, new Uri(cloud.BaseUrl, "/v1/sites")));
        Assert.Equal(200, await SendAsync(HttpMethod.Get, new Uri(cloud.BaseUrl, "/v1/sites")));
    }

    [Fact]
    public async Task The_hooks_tell_of_arrival_before_and_of_the_answer_after_the_commit()
    {
        List<string> story = [];
        MockFlipCloud? cloud = null;
        cloud = await MockFlipCloud.StartAsync(
            new()
            {
                ClientToken = Sample.Token,
                OnArrival = request => story.Add($"{request.Endpoint} #{request.Number} arrives, {cloud!.Ledger.Sites.Count} sites"),
                OnAnswering = exchange => story.Add($"committed {exchange.Committed}, {cloud!.Ledger.Sites.Count} sites"),
            },
            Sample.Stop);
        await using MockFlipCloud running = cloud;
        await CommissionAsync(cloud);

        Assert.Equal(["commission #1 arrives, 0 sites", "committed True, 1 sites"], story);
    }

    [Fact]
    public async Task The_ledger_is_never_befallen()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(
            new() { Script = _ => new(MockFaultKind.Drop) }, Sample.Stop);

        Assert.Equal(0, (int)JsonNode.Parse(await _http.GetStringAsync(new Uri(cloud.BaseUrl, "/ledger"), Sample.Stop))!["commission_requests"]!);
    }

    [Theory]
    [InlineData("POST", "/v1/commission", "commission")]
    [InlineData("POST", "/v1/auth/site/a%2Fb", "auth")]
    [InlineData("GET", "/v1/site/abc/devices", "devices")]
    [InlineData("POST", "/v1/site/abc/devices", "add-device")]
    [InlineData("GET", "/v1/site/abc/enrollments", "enrollments")]
    [InlineData("GET", "/v1/site/abc/programs", "programs")]
    [InlineData("POST", "/token", "token")]
    [InlineData("GET", "/v1/commission", "other")]
    public void A_request_is_known_by_its_endpoints_word(string method, string path, string word)
    {
        Assert.Equal(word, new MockFaultContext(method, path, 1).Endpoint);
        Assert.Contains(word, MockFaultContext.Endpoints);
    }

    [Fact]
    public void A_script_reads_what_it_writes()
    {
        const string Text = "auth=html,auth=429:date:1,503,duplicate,late-commit:100,devices=drop";
        Assert.Equal(Text, MockFaultScript.Parse(Text).ToString());
    }

    [Fact]
    public void An_endpoint_that_is_unknown_is_named() =>
        Assert.Contains("\"oauth\" is no endpoint", Assert.Throws<FormatException>(() => MockFaultScript.Parse("oauth=503")).Message, StringComparison.Ordinal);

    private static Task<MockFlipCloud> StartAsync(string script, Action<MockExchange>? told = null, TimeProvider? time = null) => MockFlipCloud.StartAsync(
        new() { ClientToken = Sample.Token, Script = MockFaultScript.Parse(script).Of, OnAnswering = told, Time = time ?? TimeProvider.System }, Sample.Stop);

    private static async Task<CommissionOutcome> CommissionAsync(MockFlipCloud cloud)
    {
        using FlipClient client = Sample.Client(cloud.BaseUrl);
        return await client.CommissionAsync(Sample.Body, Sample.Stop);
    }

    private Task<int?> AuthAsync(MockFlipCloud cloud) => SendAsync(HttpMethod.Post, new Uri(cloud.BaseUrl, "/v1/auth/site/abc-789"));

    /// <returns>The status; null when the connection broke before the end of the answer.</returns>
    private async Task<int?> SendAsync(HttpMethod method, Uri url)
    {
        using HttpRequestMessage request = new(method, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Sample.Token);
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, Sample.Stop);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
