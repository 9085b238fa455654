using System.Text.Json.Nodes;
using System.Threading.Channels;
using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Simulator.Demo;

/// <summary>One commissioning of the demo's site by the real daemon, told as it happens.</summary>
internal sealed class DemoRun(
    DemoWorld world, DaemonProcess daemon, LocalApi api, ChannelReader<MockRequest> requests, Story story, TimeProvider time)
{
    private static readonly TimeSpan TimeToPublish = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TimeForCtrlC = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Presses the button and tells everything up to the enrollment.</summary>
    /// <exception cref="DemoFailedException">It is not commissioned: the daemon ended, or a person is needed.</exception>
    public async Task TellAsync(CancellationToken ct)
    {
        using var alive = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var end = EndOfDaemonAsync(alive);
        try
        {
            await api.WaitUntilUpAsync(alive.Token).ConfigureAwait(false);
            story.Tell("The daemon answers on its local socket.");
            var (code, body) = await api.CommissionAsync(alive.Token).ConfigureAwait(false);
            story.Tell($"The installer presses the button: POST /api/v1/commission on the socket is answered {code}.", body);
            if (code is < 200 or > 299) throw new DemoFailedException($"the trigger was answered {code}");
            var narrator = new Narrator(story, world, api, time);
            await FollowAsync(narrator, alive.Token).ConfigureAwait(false);
            narrator.TellTopics(await AllTopicsAsync(alive.Token).ConfigureAwait(false));
            TellFindings();
        }
        catch (Exception exception) when (!ct.IsCancellationRequested
            && exception is (OperationCanceledException or HttpRequestException or IOException))
        {
            throw new DemoFailedException(await WhyAsync(exception, ct).ConfigureAwait(false));
        }
        finally
        {
            await alive.CancelAsync().ConfigureAwait(false);
            await end.ConfigureAwait(false);
        }
    }

    // Its connections end a moment before the daemon itself does; and Ctrl-C in a terminal reaches it as well, sometimes first.
    private async Task<string> WhyAsync(Exception exception, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeToEnd);
        await daemon.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (daemon.HasExited) await Task.Delay(TimeForCtrlC, time, ct).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
        return daemon.HasExited
            ? $"the daemon ended by itself with exit code {daemon.ExitCode}"
            : $"the daemon's local endpoint failed: {exception.Message}";
    }

    private async Task EndOfDaemonAsync(CancellationTokenSource alive)
    {
        await daemon.WaitAsync(alive.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!alive.IsCancellationRequested) await alive.CancelAsync().ConfigureAwait(false);
    }

    // Statuses and requests are told by one reader, so that the lines stay in order.
    private async Task FollowAsync(Narrator narrator, CancellationToken ct)
    {
        using var following = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var statuses = Channel.CreateUnbounded<JsonNode>();
        var pump = PumpAsync(statuses.Writer, following.Token);
        try
        {
            for (var done = false; !done;)
            {
                await Task.WhenAny(statuses.Reader.WaitToReadAsync(ct).AsTask(), requests.WaitToReadAsync(ct).AsTask()).ConfigureAwait(false);
                ct.ThrowIfCancellationRequested();
                while (requests.TryRead(out var request)) await narrator.OnRequestAsync(request, ct).ConfigureAwait(false);
                if (statuses.Reader.TryRead(out var status)) done = await narrator.OnStatusAsync(status, ct).ConfigureAwait(false);
                else if (pump.IsCompleted) await pump.ConfigureAwait(false);
            }
        }
        finally
        {
            await following.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PumpAsync(ChannelWriter<JsonNode> statuses, CancellationToken ct)
    {
        await foreach (var status in api.StatusesAsync(ct).ConfigureAwait(false)) statuses.TryWrite(status);
        throw new IOException("the daemon closed its stream of events");
    }

    private async Task<bool> AllTopicsAsync(CancellationToken ct)
    {
        string[] expected = ["availability", "commissioning", "enrollment", $"nameplate/{DemoConfiguration.TcpDeviceId}", $"nameplate/{DemoConfiguration.RtuDeviceId}"];
        var since = time.GetTimestamp();
        while (true)
        {
            var retained = world.Broker.Retained;
            var root = $"flip-edge/{DemoConfiguration.GatewayId}/";
            var commissioned = retained.GetValueOrDefault(root + "commissioning")?.Contains("\"commissioned\"", StringComparison.Ordinal) ?? false;
            if (commissioned && expected.All(topic => retained.ContainsKey(root + topic))) return true;
            if (time.GetElapsedTime(since) > TimeToPublish) return false;
            await Task.Delay(Pause, time, ct).ConfigureAwait(false);
        }
    }

    private void TellFindings()
    {
        foreach (var finding in world.Cloud.Ledger.Findings) story.Tell($"Against Flip's contract, request {finding.Request}: {finding.Path} {finding.Message}");
        var sites = world.Cloud.Ledger.Sites.Count;
        if (sites != 1) throw new DemoFailedException($"the cloud's ledger has {sites} sites instead of one");
        story.Tell($"The cloud's ledger has exactly one site after {world.Cloud.Ledger.CommissionRequests} requests.");
    }
}
