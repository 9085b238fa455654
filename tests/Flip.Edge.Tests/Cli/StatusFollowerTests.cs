using System.CommandLine;
using System.Text;
using System.Text.Json;
using Flip.Edge.Cli;
using Flip.Edge.Local;
using Flip.Edge.Status;
using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Cli;

/// <summary>An attacker's finding: whose event stream was cut was told that the daemon has gone. A daemon that cuts streams stands here on a real socket.</summary>
public sealed class StatusFollowerTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly Queue<string[]> _streams = new();
    private readonly List<string> _asked = [];
    private LocalServer _daemon = null!;
    private string _state = "queued";

    private string SocketPath => _directory.File("edge.sock");

    public async ValueTask InitializeAsync()
    {
        LocalRoutes routes = new();
        routes.Add("/api/v1/commission", HttpMethods.Post, context =>
        {
            _asked.Add("commission");
            return LocalAnswer.Json(context, 202, new("accepted", StatusOf("waiting").Commissioning), StatusJson.Readable.TriggerReply);
        });
        routes.Add("/api/v1/status", HttpMethods.Get, context => LocalAnswer.Json(context, 200, StatusOf(_state), StatusJson.Readable.EdgeStatus));
        routes.Add("/api/v1/events", HttpMethods.Get, EventsAsync);
        KestrelServerOptions options = new();
        options.ListenUnixSocket(SocketPath);
        _daemon = new(options, routes, new StepBoard(TimeProvider.System), NullLoggerFactory.Instance);
        await _daemon.StartAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_wait_whose_stream_is_cut_follows_the_next_one_says_nothing_twice_and_sends_the_commission_once()
    {
        _streams.Enqueue(["waiting", "queued"]);
        _streams.Enqueue(["queued"]);
        _streams.Enqueue([]);
        _streams.Enqueue(["queued", "sending", "commissioned"]);
        StringWriter output = new(), errors = new();

        int code = await CommissionCommand.Create().Parse(["commission", "--socket", SocketPath, "--wait", "100"])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);

        Assert.Equal(["waiting", "queued", "sending", "commissioned"], errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCodes.Done, code);
        Assert.Equal(["commission", "events", "events", "events", "events"], _asked);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_daemon_that_does_not_come_back_is_tried_five_times_more_and_said_to_have_gone()
    {
        FakeTimeProvider time = new();
        using LocalClient client = new(SocketPath);
        _streams.Enqueue(["queued"]);
        List<string> seen = [];

        Task<HttpRequestException> gone = Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            await foreach (EdgeStatus status in new StatusFollower(client, time).FollowAsync(TestContext.Current.CancellationToken)) seen.Add(status.Commissioning.State);
        });
        await FaultRig.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return gone.IsCompleted;
        });

        Assert.Contains("the daemon has gone", (await gone).Message, StringComparison.Ordinal);
        Assert.Equal(["queued"], seen);
        // The one that came, and one after each pause.
        Assert.Equal(6, _asked.Count);
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_no_stream_is_left_the_status_is_asked_now_and_then()
    {
        FakeTimeProvider time = new();
        using LocalClient client = new(SocketPath);
        for (int i = 0; i < 20; i++) _streams.Enqueue(["503"]);
        List<string> seen = [];

        await using IAsyncEnumerator<EdgeStatus> statuses = new StatusFollower(client, time).FollowAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        for (int i = 0; i < 8; i++)
        {
            if (i == 7) _state = "commissioned";
            Task<bool> next = statuses.MoveNextAsync().AsTask();
            await FaultRig.UntilAsync(() =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return next.IsCompleted;
            });
            Assert.True(await next);
            seen.Add(statuses.Current.Commissioning.State);
        }

        Assert.Equal([.. Enumerable.Repeat("queued", 7), "commissioned"], seen);
    }

    private static EdgeStatus StatusOf(string state) => new(
        "gw-0001", "1.0.0", new(state, null, null, default, true, 0, null, null, null), "abc-789", [], null, null, new(false, false), new(true, true), new("ok", null, null, null, null));

    private async Task EventsAsync(HttpContext context)
    {
        _asked.Add("events");
        string[] states = _streams.Count > 0 ? _streams.Dequeue() : [];
        if (states is ["503"])
        {
            await LocalAnswer.Problem(context, new(Problems.TooMany, "Too many streams", 503, "All of them are read."));
            return;
        }

        // More is promised than comes: it is cut there.
        context.Response.ContentLength = 1_000_000;
        foreach (string state in states)
        {
            string json = JsonSerializer.Serialize(StatusOf(state), StatusJson.Readable.EdgeStatus);
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"event: status\ndata: {json}\n\n"), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _daemon.StopAsync(CancellationToken.None);
        _daemon.Dispose();
        _directory.Dispose();
    }
}
