using System.Globalization;
using System.Text.Json.Nodes;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>Sends the answer, or what the fault makes of it.</summary>
internal static class FaultAnswer
{
    // "Endless" for any client with a limit, and yet an end for one without.
    private const int EndlessBytes = 64 * 1024 * 1024;

    private const string Portal = "<!DOCTYPE html><html><head><title>Welcome</title></head><body>Log in to use this network.</body></html>";

    /// <summary>The status that the fault puts in place of the right one, if it does.</summary>
    public static int? Status(MockFault fault) => fault.Kind switch
    {
        MockFaultKind.Status => fault.StatusCode,
        MockFaultKind.Html or MockFaultKind.Endless or MockFaultKind.NotCommission or MockFaultKind.Empty => 200,
        MockFaultKind.Redirect => 302,
        _ => null,
    };

    public static async Task SendAsync(HttpContext context, MockFault fault, MockAnswer answer, TimeProvider time)
    {
        switch (fault.Kind)
        {
            case MockFaultKind.Status:
                if (fault.Wait is { } wait) context.Response.Headers.RetryAfter = RetryAfter(wait, fault.WaitIsDate, time);
                await MockHttp.JsonAsync(context, fault.StatusCode, MockHttp.Error("FAULT", "A fault of the script.")).ConfigureAwait(false);
                break;
            case MockFaultKind.DropAfterCommit:
                context.Abort();
                break;
            case MockFaultKind.Html:
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.WriteAsync(Portal, context.RequestAborted).ConfigureAwait(false);
                break;
            case MockFaultKind.Redirect:
                context.Response.Redirect("http://portal.invalid/login");
                break;
            case MockFaultKind.Truncated:
                await TruncateAsync(context, answer).ConfigureAwait(false);
                break;
            case MockFaultKind.Endless:
                await NeverEndAsync(context).ConfigureAwait(false);
                break;
            case MockFaultKind.NotCommission:
                await MockHttp.JsonAsync(context, 200, new JsonObject { ["status"] = "ok" }).ConfigureAwait(false);
                break;
            case MockFaultKind.Empty:
                context.Response.ContentLength = 0;
                break;
            default:
                if (fault.Kind == MockFaultKind.Delay) await Task.Delay(fault.Wait!.Value, time, context.RequestAborted).ConfigureAwait(false);
                await answer.SendAsync(context).ConfigureAwait(false);
                break;
        }
    }

    private static string RetryAfter(TimeSpan wait, bool asDate, TimeProvider time) =>
        asDate ? (time.GetUtcNow() + wait).ToString("R", CultureInfo.InvariantCulture) : wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    private static async Task TruncateAsync(HttpContext context, MockAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = Math.Max(answer.Body.Length, 1);
        await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);

        // Kestrel sends the half and closes the connection, because less was written than announced. An abort could overtake the half.
    }

    private static async Task NeverEndAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{\"programs\":[", context.RequestAborted).ConfigureAwait(false);
        byte[] blanks = new byte[65536];
        blanks.AsSpan().Fill((byte)' ');
        for (int sent = 0; sent < EndlessBytes; sent += blanks.Length)
            await context.Response.Body.WriteAsync(blanks, context.RequestAborted).ConfigureAwait(false);
    }
}
