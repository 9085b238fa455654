using Microsoft.AspNetCore.Http.Features;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>One request to any endpoint.</summary>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Path">The endpoint, such as <c>/v1/site/{siteId}/devices</c>; the path itself where there is none.</param>
/// <param name="ReceivedAt">When it came.</param>
public sealed record MockCall(string Method, string Path, DateTimeOffset ReceivedAt)
{
    private volatile int _status;

    /// <summary>The status that was answered; null before that, and where the connection was dropped.</summary>
    public int? Status => _status == 0 ? null : _status;

    /// <summary>Writes every request down, whatever becomes of it.</summary>
    internal static Func<HttpContext, RequestDelegate, Task> Recorder(MockLedger ledger, TimeProvider time) => (context, next) =>
    {
        string path = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? context.Request.Path;
        MockCall call = new(context.Request.Method, path, time.GetUtcNow());
        ledger.Add(call);
        context.Response.OnStarting(() =>
        {
            call._status = context.Response.StatusCode;
            return Task.CompletedTask;
        });
        return next(context);
    };

    /// <summary>A value of the route as the client meant it: ASP.NET leaves %2F as it is, and decodes the rest.</summary>
    internal static string RouteValue(HttpContext context, string name)
    {
        string[] template = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!.Split('/');
        string[] path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].Split('/');
        return Uri.UnescapeDataString(path[Array.IndexOf(template, $"{{{name}}}")]);
    }
}
