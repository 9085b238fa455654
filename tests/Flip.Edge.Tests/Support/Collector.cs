using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Support;

/// <summary>An OTLP collector on loopback, which takes what has the right shape (opentelemetry.io/docs/specs/otlp) and keeps it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public ConcurrentQueue<JsonElement> Metrics { get; } = new();

    public ConcurrentQueue<JsonElement> Logs { get; } = new();

    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>Every request, taken or not.</summary>
    public int Requests { get; private set; }

    /// <summary>What is answered; 200 unless set.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public Uri BaseUrl => new(_app.Urls.Single());

    public static async Task<Collector> StartAsync(int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        Collector collector = new(app);
        app.MapPost("/v1/metrics", (RequestDelegate)(context => collector.TakeAsync(context, collector.Metrics, "resourceMetrics", "scopeMetrics", "metrics")));
        app.MapPost("/v1/logs", (RequestDelegate)(context => collector.TakeAsync(context, collector.Logs, "resourceLogs", "scopeLogs", "logRecords")));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context, ConcurrentQueue<JsonElement> taken, string resources, string scopes, string members)
    {
        Requests++;
        Assert.Equal("application/json", context.Request.ContentType);
        using JsonDocument document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        if (Answer is not null)
        {
            await Answer(context);
            if (context.Response.StatusCode != StatusCodes.Status200OK) return;
        }

        JsonElement resource = Assert.Single(document.RootElement.GetProperty(resources).EnumerateArray());
        Assert.Equal("flip-edge", Attribute(resource.GetProperty("resource"), "service.name"));
        Assert.Equal("gw-0001", Attribute(resource.GetProperty("resource"), "service.instance.id"));
        JsonElement scope = Assert.Single(resource.GetProperty(scopes).EnumerateArray());
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        foreach (JsonElement member in scope.GetProperty(members).EnumerateArray()) taken.Enqueue(member.Clone());
    }

    public static string? Attribute(JsonElement of, string key) => of.GetProperty("attributes").EnumerateArray()
        .Where(attribute => attribute.GetProperty("key").GetString() == key)
        .Select(attribute => attribute.GetProperty("value").GetProperty("stringValue").GetString()).SingleOrDefault();
}
