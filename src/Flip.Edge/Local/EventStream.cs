using System.Text;
using System.Text.Json;
using Flip.Edge.Button;
using Flip.Edge.Status;
using Microsoft.AspNetCore.Http.Features;

namespace Flip.Edge.Local;

/// <summary>
/// The status as server-sent events (html.spec.whatwg.org, 9.2): one <c>status</c> event at once and one at each change, one
/// <c>installer_window</c> when somebody opens that, and a comment when nothing changes for a while, so that a dead client is noticed.
/// </summary>
internal sealed class EventStream(StatusView status, InstallerWindow window, ChangeSignal changes, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Most streams at once: each stands for ever, and half of the connections are kept for what comes and goes. Over HTTP every local process can open them.</summary>
    public const int MostOverHttp = 16, MostOnSocket = ConnectionSlots.Most / 2;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public async Task WriteAsync(HttpContext context)
    {
        ConnectionSlot slot = context.Features.GetRequiredFeature<ConnectionSlot>();
        if (slot.TryStream())
        {
            await StreamAsync(context, slot);
            return;
        }

        string open = SocketOnly.Is(context) ? $"{MostOnSocket} event streams are open on the socket" : $"{MostOverHttp} event streams are open over HTTP";
        await LocalAnswer.Problem(context, new(Problems.TooMany, "Too many streams", 503,
            $"{open}, all of them are read, and no more are given: close one, or ask GET /api/v1/status now and then{(SocketOnly.Is(context) ? "" : ", or use the Unix socket")}."));
    }

    private async Task StreamAsync(HttpContext context, ConnectionSlot slot)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        string last = "";
        InstallerWindowOpening? seen = window.Latest;
        try
        {
            while (true)
            {
                Task next = changes.Next;
                string json = JsonSerializer.Serialize(SocketOnly.Is(context) ? status.Now : status.NowForEverybody, StatusJson.Readable.EdgeStatus);
                if (json != last) await SendAsync(context, slot, $"event: status\ndata: {json}\n\n", end.Token);
                last = json;
                if (window.Latest is { } opening && opening != seen)
                {
                    seen = opening;
                    string opened = JsonSerializer.Serialize(new(opening.At, opening.By), StatusJson.Readable.InstallerWindowEvent);
                    await SendAsync(context, slot, $"event: installer_window\ndata: {opened}\n\n", end.Token);
                }

                Task idle = Task.Delay(KeepAlive, time, end.Token);
                if (await Task.WhenAny(next, idle) == idle)
                {
                    await idle;
                    await SendAsync(context, slot, ": still here\n\n", end.Token);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client has gone, or the daemon stops: either way the stream is at its end.
        }
    }

    private static async Task SendAsync(HttpContext context, ConnectionSlot slot, string text, CancellationToken cancellationToken)
    {
        slot.Look();
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
