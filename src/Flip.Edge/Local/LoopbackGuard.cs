using System.Net;

namespace Flip.Edge.Local;

/// <summary>
/// Keeps web pages out. A page in a browser on this machine can send requests to loopback: its Origin gives it away; and with a name
/// that it points at 127.0.0.1 (DNS rebinding), its Host does.
/// </summary>
internal static class LoopbackGuard
{
    private const string Type = "https://flip-edge.invalid/problems/not-local";

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        bool overSocket = context.Connection.RemoteIpAddress is null;
        if (!overSocket && !IsLoopback(context.Request.Host.Host))
        {
            return LocalAnswer.Problem(context, new(Type, "Only for this machine", 403, "The Host header has to name a loopback address or localhost."));
        }

        string origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && IsLoopback(page.Host) && page.Port == context.Request.Host.Port))
        {
            return LocalAnswer.Problem(context, new(Type, "Not for web pages", 403, "A page of another origin may not use this endpoint."));
        }

        return next(context);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
