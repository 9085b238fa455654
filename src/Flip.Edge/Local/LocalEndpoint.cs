using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Enrollment;
using Flip.Edge.Metrics;
using Flip.Edge.Monitoring;
using Flip.Edge.Status;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Local;

/// <summary>The routes of the local endpoint, the same on the socket and on loopback HTTP.</summary>
internal static class LocalEndpoint
{
    public static LocalRoutes MapLocalEndpoint(this IServiceProvider services)
    {
        LocalRoutes routes = new();
        StatusView status = services.GetRequiredService<StatusView>();
        DeviceWatch devices = services.GetRequiredService<DeviceWatch>();
        IEnrollmentFeed feed = services.GetRequiredService<IEnrollmentFeed>();
        EdgeMetrics metrics = services.GetRequiredService<EdgeMetrics>();
        EventStream events = services.GetRequiredService<EventStream>();
        CommissionRoutes commission = new(
            services.GetRequiredService<CommissioningTrigger>(), services.GetRequiredService<SendingStep>(), services.GetRequiredService<GivenSite>(), services.GetRequiredService<Reload>(),
            services.GetRequiredService<CurrentSettings>(), status);

        Get("/api/v1/status", context => LocalAnswer.Json(context, 200, SocketOnly.Is(context) ? status.Now : status.NowForEverybody, StatusJson.Readable.EdgeStatus));
        Get("/api/v1/nameplate", context => LocalAnswer.Bytes(context, NameplateJson.All(devices.Statuses)));
        Get("/api/v1/enrollment", context => Enrollment(context, 200, feed, status));
        Get("/api/v1/commission/history", context => History(context, status));
        Get("/api/v1/events", events.WriteAsync);
        Get("/healthz", context => LocalAnswer.Text(context, "text/plain; charset=utf-8", "ok\n"));
        Get("/metrics", context => LocalAnswer.Text(context, PrometheusText.ContentType, PrometheusText.Of(metrics.Now())));
        Post("/api/v1/commission", commission.CommissionAsync);
        Post("/api/v1/site", commission.SiteAsync);
        Post("/api/v1/reload", commission.ReloadAsync);
        SupportRoutes support = services.GetRequiredService<SupportRoutes>();
        Get("/api/v1/log", support.LogAsync);
        Post("/api/v1/walk", support.WalkAsync);
        EnrollmentRefresher refresher = services.GetRequiredService<EnrollmentRefresher>();
        Post("/api/v1/enrollment/refresh", context =>
        {
            refresher.RefreshNow();
            return Enrollment(context, 202, feed, status);
        });

        return routes;

        void Get(string path, RequestDelegate answer) => routes.Add(path, HttpMethods.Get, answer);
        void Post(string path, RequestDelegate answer) => routes.Add(path, HttpMethods.Post, answer);
    }

    private static Task History(HttpContext context, StatusView status)
    {
        IReadOnlyList<HistoryLine> history;
        try
        {
            history = status.History();
        }
        catch (SqliteException)
        {
            // Its own words may quote a row; the database has noted it in better ones.
            return LocalAnswer.Problem(context, new(Problems.Storage, "The database can't be read", 503, $"{status.Now.Storage.Reason}."));
        }

        return LocalAnswer.Json(context, 200, history, StatusJson.Readable.IReadOnlyListHistoryLine);
    }

    private static Task Enrollment(HttpContext context, int statusCode, IEnrollmentFeed feed, StatusView status) => feed.Latest is { } snapshot
        ? LocalAnswer.Json(context, statusCode, status.Document(snapshot), StatusJson.Readable.EnrollmentDocument)
        : LocalAnswer.Problem(context, new(Problems.NotYet, "Not commissioned yet", 404, "There is no enrollment before the site is commissioned."));
}
