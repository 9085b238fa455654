using System.Text.Json;
using Flip.Edge.Local;
using Microsoft.AspNetCore.Http;

namespace Flip.Edge.Tests.Local;

public sealed class LocalRoutesTests
{
    private readonly LocalRoutes _routes = new();
    private string _answered = "";

    public LocalRoutesTests()
    {
        Answer("/api/v1/site", HttpMethods.Get, "read");
        Answer("/api/v1/site", HttpMethods.Post, "given");
        Answer("/healthz", HttpMethods.Get, "well");
    }

    [Theory]
    [InlineData("GET", "/api/v1/site", "read")]
    [InlineData("POST", "/api/v1/site", "given")]
    [InlineData("GET", "/API/V1/Site", "read")]
    [InlineData("GET", "/healthz/", "well")]
    public async Task A_path_answers_in_any_case_and_with_a_slash_at_its_end(string method, string path, string answered)
    {
        Assert.Equal(200, (await AskAsync(method, path)).Status);
        Assert.Equal(answered, _answered);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/api/v1/site/1")]
    [InlineData("/api/v1/sit")]
    public async Task A_path_that_is_not_there_is_a_404_that_names_it(string path)
    {
        (int status, string? detail, _) = await AskAsync("GET", path);

        Assert.Equal(404, status);
        Assert.StartsWith(path, detail, StringComparison.Ordinal);
        Assert.Equal("", _answered);
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/site", "GET, POST")]
    [InlineData("POST", "/healthz", "GET")]
    [InlineData("HEAD", "/healthz", "GET")]
    public async Task Another_method_is_a_405_that_says_which_ones_there_are(string method, string path, string allowed)
    {
        (int status, string? detail, string? allow) = await AskAsync(method, path);

        Assert.Equal((405, allowed), (status, allow));
        Assert.Contains($"takes {allowed}, and not {method}", detail, StringComparison.Ordinal);
        Assert.Equal("", _answered);
    }

    [Fact]
    public void A_path_is_answered_once() => Assert.Throws<ArgumentException>(() => Answer("/HEALTHZ", HttpMethods.Get, "again"));

    private void Answer(string path, string method, string what) => _routes.Add(path, method, _ =>
    {
        _answered = what;
        return Task.CompletedTask;
    });

    private async Task<(int Status, string? Detail, string? Allow)> AskAsync(string method, string path)
    {
        using MemoryStream body = new();
        DefaultHttpContext context = new();
        (context.Request.Method, context.Request.Path, context.Response.Body) = (method, path, body);
        await _routes.AnswerAsync(context);
        if (context.Response.StatusCode == 200) return (200, null, null);
        Assert.Equal("application/problem+json", context.Response.ContentType);
        using JsonDocument problem = JsonDocument.Parse(body.ToArray());
        return (context.Response.StatusCode, problem.RootElement.GetProperty("detail").GetString(), context.Response.Headers.Allow);
    }
}
