using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Flip.Edge.Commissioning;
using Flip.Edge.Enrollment;
using Flip.Edge.Monitoring;
using Flip.Edge.Status;
using Flip.Edge.Storage;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Local;

/// <summary>The routes of the local endpoint, the same on the socket and on loopback HTTP.</summary>
internal static class LocalEndpoint
{
    private const string NotYet = "https://flip-edge.invalid/problems/not-commissioned";
    private const string Attention = "https://flip-edge.invalid/problems/needs-attention";
    private const string NotWritten = "https://flip-edge.invalid/problems/storage";

    public static void MapLocalEndpoint(this WebApplication app)
    {
        IServiceProvider services = app.Services;
        StatusView status = services.GetRequiredService<StatusView>();
        DeviceWatch devices = services.GetRequiredService<DeviceWatch>();
        IEnrollmentFeed feed = services.GetRequiredService<IEnrollmentFeed>();
        CommissioningTrigger trigger = services.GetRequiredService<CommissioningTrigger>();
        MetricsText metrics = services.GetRequiredService<MetricsText>();
        EventStream events = services.GetRequiredService<EventStream>();

        app.Use(LoopbackGuard.InvokeAsync);
        Get("/api/v1/status", context => Json(context, 200, status.Now, StatusJson.Readable.EdgeStatus));
        Get("/api/v1/nameplate", context => Bytes(context, NameplateJson.All(devices.Statuses)));
        Get("/api/v1/enrollment", context => feed.Latest is { } snapshot
            ? Json(context, 200, StatusView.Document(snapshot), StatusJson.Readable.EnrollmentDocument)
            : Problem(context, new(NotYet, "Not commissioned yet", 404, "There is no enrollment before the site is commissioned.")));
        Get("/api/v1/events", events.WriteAsync);
        Get("/healthz", context => Text(context, "text/plain; charset=utf-8", "ok\n"));
        Get("/metrics", context => Text(context, "text/plain; version=0.0.4; charset=utf-8", metrics.Now()));
        app.MapPost("/api/v1/commission", (RequestDelegate)(context => Commission(context, trigger, status)));

        void Get(string pattern, RequestDelegate answer) => app.MapGet(pattern, answer);
    }

    private static Task Commission(HttpContext context, CommissioningTrigger trigger, StatusView status)
    {
        try
        {
            return trigger.Pull("local") switch
            {
                TriggerAnswer.AlreadyDone => Json(context, 200, new("already_commissioned", status.Commissioning), StatusJson.Readable.TriggerReply),
                TriggerAnswer.Accepted => Json(context, 202, new("accepted", status.Commissioning), StatusJson.Readable.TriggerReply),
                _ => Problem(context, new(Attention, "A person is needed first", 409, status.Commissioning.Reason ?? "see the status")),
            };
        }
        catch (Exception failed) when (failed is SqliteException or StorageException)
        {
            return Problem(context, new(NotWritten, "The trigger could not be written down", 503,
                $"Nothing was accepted: {failed.Message.TrimEnd('.')}. Check the free space and the owner of Gateway:DataDirectory, and press again."));
        }
    }

    public static Task Problem(HttpContext context, Problem problem)
    {
        context.Response.ContentType = "application/problem+json";
        return Json(context, problem.Status, problem, StatusJson.Readable.Problem);
    }

    private static async Task Json<T>(HttpContext context, int statusCode, T body, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType ??= "application/json";
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static async Task Bytes(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    private static async Task Text(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
    }
}
