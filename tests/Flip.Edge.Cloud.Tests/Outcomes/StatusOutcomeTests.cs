using System.Text;

namespace Flip.Edge.Cloud.Tests.Outcomes;

public sealed class StatusOutcomeTests
{
    private static string Programs => Encoding.UTF8.GetString(PageExample.Response);

    [Theory]
    [InlineData(400, "invalid", false)]
    [InlineData(422, "invalid", false)]
    [InlineData(401, "unauthorized", false)]
    [InlineData(403, "unauthorized", false)]
    [InlineData(409, "conflict", false)]
    [InlineData(429, "throttled", false)]
    [InlineData(408, "transient", true)]
    [InlineData(500, "transient", true)]
    [InlineData(502, "transient", true)]
    [InlineData(503, "transient", true)]
    [InlineData(504, "transient", true)]
    [InlineData(599, "transient", true)]
    [InlineData(511, "not_flip", false)]
    [InlineData(404, "not_flip", false)]
    [InlineData(405, "not_flip", false)]
    [InlineData(413, "not_flip", false)]
    [InlineData(418, "not_flip", false)]
    [InlineData(300, "not_flip", true)]
    [InlineData(307, "not_flip", true)]
    [InlineData(799, "not_flip", true)]
    public async Task Every_status_is_an_outcome(int status, string name, bool mayHaveArrived)
    {
        // Even with Flip's own answer as the body: the status decides.
        await using RawServer server = RawServer.Reply(status, Programs);

        CommissionOutcome outcome = await CommissionAsync(server);

        Assert.Equal(name, outcome.Name);
        Assert.Equal(mayHaveArrived, outcome.MayHaveArrived);
        Assert.EndsWith(".", outcome.Sentence, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    public async Task Any_2xx_with_a_commission_response_is_commissioned(int status)
    {
        await using RawServer server = RawServer.Reply(status, Programs);

        var outcome = Assert.IsType<CommissionOutcome.Commissioned>(await CommissionAsync(server));

        Assert.Equal(PageExample.Response, outcome.RawBody);
        Assert.Equal(EnrollmentStatus.Active, outcome.Response.Enrollment!.Status);
        Assert.True(outcome.MayHaveArrived);
    }

    [Theory]
    [InlineData("<html><body>Please log in</body></html>", "Please log in")]
    [InlineData("""{"status":"ok"}""", "status")]
    [InlineData("", "no body")]
    public async Task Any_other_2xx_is_not_flip(string body, string detail)
    {
        await using RawServer server = RawServer.Reply(200, body);

        var outcome = Assert.IsType<CommissionOutcome.NotFlip>(await CommissionAsync(server));

        Assert.Contains(detail, outcome.Detail, StringComparison.Ordinal);
        Assert.True(outcome.MayHaveArrived);
    }

    [Fact]
    public async Task Status_204_is_not_flip()
    {
        await using RawServer server = RawServer.Answer("HTTP/1.1 204 No Content");

        Assert.IsType<CommissionOutcome.NotFlip>(await CommissionAsync(server));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_its_host_is_named()
    {
        await using RawServer target = RawServer.Reply(200, Programs);
        await using RawServer server = RawServer.Reply(302, "", $"Location: http://127.0.0.1:{target.Port}/login?secret=1");

        var outcome = Assert.IsType<CommissionOutcome.NotFlip>(await CommissionAsync(server));

        Assert.Equal("HTTP 302: redirected to the host 127.0.0.1, not followed", outcome.Detail);
        Assert.Equal(0, target.Connections);
    }

    [Fact]
    public async Task An_excerpt_is_bounded_and_in_one_line_without_control_characters()
    {
        await using RawServer server = RawServer.Reply(400, "bad\r\n\tthing\u001b[31m \u0007\u202e" + new string('x', 100_000));

        var outcome = Assert.IsType<CommissionOutcome.Invalid>(await CommissionAsync(server));

        Assert.StartsWith("HTTP 400 (application/json): bad thing[31m xxx", outcome.Detail, StringComparison.Ordinal);
        Assert.InRange(outcome.Detail.Length, 300, 340);
    }

    [Fact]
    public async Task An_error_that_quotes_the_token_and_the_homeowner_is_masked()
    {
        await using RawServer server = RawServer.Reply(422, $"email johanna.doe@example.com of JOHANNA with {Sample.Token} is wrong: site.email");

        var outcome = Assert.IsType<CommissionOutcome.Invalid>(await CommissionAsync(server));

        Assert.Equal("HTTP 422 (application/json): email *** of *** with *** is wrong: site.email", outcome.Detail);
        Assert.DoesNotContain(Sample.Token, outcome.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"input":"O'Bri\u00e9"}""")]
    [InlineData("""{"input":"O\u0027Bri\u00E9"}""")]
    [InlineData("""{"input":"12\/3 Weird & Sons Rd"}""")]
    [InlineData("""{"message":"{\"input\":\"O'Bri\\u00e9\"}"}""")]
    [InlineData("<p>O&#39;Bri&eacute;, 12/3 Weird &amp; Sons Rd</p>")]
    [InlineData("no such site: /sites?last_name=O%27Bri%C3%A9&street=12%2F3+Weird+%26+Sons+Rd")]
    [InlineData("no such site: /sites?last_name=O%27bri%c3%a9&street=12%2f3%20Weird%20%26%20Sons%20Rd")]
    [InlineData("O'BRIÉ of 12/3 Weird & Sons Rd")]
    public async Task A_homeowner_who_is_quoted_in_another_servers_way_of_escaping_is_masked(string body)
    {
        await using RawServer server = RawServer.Reply(422, body);
        using FlipClient client = Sample.Client(server.Url);
        SiteCreate site = Sample.Site with { LastName = "O'Brié", StreetAddress = "12/3  Weird & Sons Rd" };

        CommissionOutcome outcome = await client.CommissionAsync(
            CommissionSerializer.Serialize(CommissionRequestBuilder.Build(site, [Sample.Device], canAutoEnroll: true)), Sample.Stop);

        string detail = Assert.IsType<CommissionOutcome.Invalid>(outcome).Detail;
        Assert.Contains("***", detail, StringComparison.Ordinal);
        Assert.All(["Bri", "BRI", "Weird", "00e9"], part => Assert.DoesNotContain(part, detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("O'Bri\\u00e9")]
    [InlineData("O'Bri&eacute;")]
    [InlineData("O'Brié")]
    [InlineData("O%27Bri%C3%A9")]
    public async Task Where_reading_stops_in_the_middle_of_an_escaped_name_no_part_of_it_shows(string name)
    {
        byte[] quoted = Encoding.UTF8.GetBytes(name);
        await using RawServer server = RawServer.Reply(400, new string(' ', 8192 - quoted.Length + 1) + name);
        using FlipClient client = Sample.Client(server.Url);

        CommissionOutcome outcome = await client.CommissionAsync(
            CommissionSerializer.Serialize(CommissionRequestBuilder.Build(Sample.Site with { LastName = "O'Brié" }, [Sample.Device], canAutoEnroll: true)), Sample.Stop);

        Assert.DoesNotContain("Bri", Assert.IsType<CommissionOutcome.Invalid>(outcome).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_reading_stops_in_the_middle_of_the_token_no_part_of_it_shows()
    {
        await using RawServer server = RawServer.Reply(400, new string(' ', 8192 - 10) + Sample.Token);

        var outcome = Assert.IsType<CommissionOutcome.Invalid>(await CommissionAsync(server));

        Assert.DoesNotContain(Sample.Token[..5], outcome.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retry-After: 7", 7.0)]
    [InlineData("Retry-After: 0", 0.0)]
    [InlineData("Retry-After: 999999", 86400.0)]
    [InlineData("Retry-After: 99999999999999999999", 86400.0)]
    [InlineData("Retry-After: soon", null)]
    [InlineData("Retry-After: -5", null)]
    [InlineData("X-Other: 1", null)]
    [InlineData("Date: Fri, 20 Nov 2026 12:00:00 GMT\nRetry-After: Fri, 20 Nov 2026 12:01:30 GMT", 90.0)]
    [InlineData("Date: Fri, 20 Nov 2026 12:00:00 GMT\nRetry-After: Fri, 20 Nov 2026 11:00:00 GMT", 0.0)]
    [InlineData("Date: Fri, 20 Nov 2026 12:00:00 GMT\nRetry-After: Sat, 20 Nov 2027 12:00:00 GMT", 86400.0)]
    public async Task Retry_after_is_read_in_both_forms_and_clamped(string headers, double? seconds)
    {
        TimeSpan? expected = seconds is { } s ? TimeSpan.FromSeconds(s) : null;
        await using RawServer throttling = RawServer.Reply(429, "", headers);
        await using RawServer unavailable = RawServer.Reply(503, "", headers);

        Assert.Equal(expected, Assert.IsType<CommissionOutcome.Throttled>(await CommissionAsync(throttling)).RetryAfter);
        Assert.Equal(expected, Assert.IsType<CommissionOutcome.Transient>(await CommissionAsync(unavailable)).RetryAfter);
    }

    [Fact]
    public async Task A_retry_date_without_a_date_header_counts_from_the_given_clock()
    {
        await using RawServer server = RawServer.Reply(429, "", "Retry-After: Fri, 20 Nov 2026 12:00:45 GMT");
        using FlipClient client = Sample.Client(server.Url, time: new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Sample.Now));

        var outcome = Assert.IsType<CommissionOutcome.Throttled>(await client.CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Equal(TimeSpan.FromSeconds(45), outcome.RetryAfter);
    }

    [Fact]
    public void Every_cause_has_a_name_and_a_sentence_of_its_own()
    {
        TransientCause[] causes = Enum.GetValues<TransientCause>();

        Assert.Equal(causes.Length, causes.Select(cause => cause.ToName()).Distinct().Count());
        Assert.Equal(causes.Length, causes.Select(cause => new CommissionOutcome.Transient(cause, "", null, false).Sentence).Distinct().Count());
    }

    private static async Task<CommissionOutcome> CommissionAsync(RawServer server)
    {
        using FlipClient client = Sample.Client(server.Url);
        return await client.CommissionAsync(Sample.Body, Sample.Stop);
    }
}
