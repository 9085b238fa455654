using Flip.Edge.Simulator.Cloud;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Cloud.Tests.Sites;

public sealed class SiteTokenTests
{
    private const string ServersTime = "Date: Fri, 20 Nov 2026 12:00:00 GMT";

    private readonly FakeTimeProvider _time = new(Sample.Now);
    private int _issued;

    [Theory]
    [InlineData("2026-11-20T13:00:00Z", 47, 49)]
    [InlineData("2026-11-20T12:10:00Z", 7, 9)]
    [InlineData("2036-11-20T13:00:00Z", 47, 49)]
    [InlineData("soon", 47, 49)]
    public async Task A_site_token_is_used_for_four_fifths_of_its_life_and_of_an_hour_at_most(string expiresAt, int used, int renewed)
    {
        await using RawServer server = Serve(expiresAt, ServersTime);
        using FlipClient client = Sample.Client(server.Url, time: _time);
        await client.FindAsync("abc", Sample.Stop);

        _time.Advance(TimeSpan.FromMinutes(used));
        await client.FindAsync("abc", Sample.Stop);
        Assert.Equal(1, _issued);

        _time.Advance(TimeSpan.FromMinutes(renewed - used));
        await client.FindAsync("abc", Sample.Stop);
        Assert.Equal(2, _issued);
        Assert.Contains("Authorization: Bearer token-2", server.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_jumps_by_years_neither_ends_nor_lengthens_it()
    {
        SteppedClock clock = new(_time);
        await using RawServer server = Serve("2026-11-20T13:00:00Z", ServersTime);
        using FlipClient client = Sample.Client(server.Url, time: clock);
        clock.Offset = TimeSpan.FromDays(-3650);
        await client.FindAsync("abc", Sample.Stop);

        clock.Offset = TimeSpan.FromDays(3650);
        await client.FindAsync("abc", Sample.Stop);
        Assert.Equal(1, _issued);

        clock.Offset = TimeSpan.FromDays(-3650);
        _time.Advance(TimeSpan.FromMinutes(49));
        await client.FindAsync("abc", Sample.Stop);
        Assert.Equal(2, _issued);
    }

    [Fact]
    public async Task A_token_that_has_already_ended_by_Flips_own_clock_is_used_once()
    {
        await using RawServer server = Serve("2026-11-20T11:00:00Z", ServersTime);
        using FlipClient client = Sample.Client(server.Url, time: _time);

        Assert.IsType<FlipAnswer<SiteRecord?>.Given>(await client.FindAsync("abc", Sample.Stop));

        Assert.Equal(
            ["POST /v1/auth/site/abc", "GET /v1/site/abc/devices", "POST /v1/auth/site/abc", "GET /v1/site/abc/enrollments"], server.Lines);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_token_from_the_cache_that_is_refused_is_renewed_once_and_the_question_repeated(int refusal)
    {
        int valid = 1;
        await using RawServer server = RawServer.Script(line => line.StartsWith("POST", StringComparison.Ordinal)
            ? new(200, $$"""{"site_access_token":"token-{{++_issued}}"}""")
            : _issued >= valid ? new(200, "[]") : new(refusal, "{}"));
        using FlipClient client = Sample.Client(server.Url, time: _time);
        await client.FindAsync("abc", Sample.Stop);
        valid = 2;

        Assert.IsType<FlipAnswer<SiteRecord?>.Given>(await client.FindAsync("abc", Sample.Stop));
        Assert.Equal(
            ["GET /v1/site/abc/devices", "POST /v1/auth/site/abc", "GET /v1/site/abc/devices", "GET /v1/site/abc/enrollments"], server.Lines[3..]);

        valid = 99;
        Assert.Equal(
            refusal, Assert.IsType<CommissionOutcome.Unauthorized>(Assert.IsType<FlipAnswer<SiteRecord?>.Failed>(await client.FindAsync("abc", Sample.Stop)).Why).Status);
        Assert.Equal(["GET /v1/site/abc/devices", "POST /v1/auth/site/abc", "GET /v1/site/abc/devices"], server.Lines[7..]);
    }

    [Fact]
    public async Task Each_site_has_its_own_token()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new() { ClientToken = Sample.Token }, Sample.Stop);
        cloud.Ledger.Seed("one", """{"id":"1"}""");
        cloud.Ledger.Seed("two", """{"id":"2"}""");
        using FlipClient client = Sample.Client(cloud.BaseUrl);

        foreach ((string site, string device) in ((string, string)[])[("one", "1"), ("two", "2"), ("one", "1")])
            Assert.Equal(device, Assert.IsType<FlipAnswer<SiteRecord?>.Given>(await client.FindAsync(site, Sample.Stop)).Value!.Devices.Single().Id);

        Assert.Equal(2, cloud.Ledger.Calls.Count(call => call.Path == "/v1/auth/site/{siteId}"));
    }

    private RawServer Serve(string expiresAt, string date) => RawServer.Script(line => line.StartsWith("POST", StringComparison.Ordinal)
        ? new(200, $$"""{"site_access_token":"token-{{++_issued}}","expires_at":"{{expiresAt}}"}""") { Header = date }
        : new(200, "[]"));

    /// <summary>Wall time that is set at will, over time that goes on evenly.</summary>
    private sealed class SteppedClock(TimeProvider time) : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Offset;

        public override long GetTimestamp() => time.GetTimestamp();
    }
}
