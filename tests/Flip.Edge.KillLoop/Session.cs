using System.Net;
using System.Text.Json.Nodes;
using Flip.Edge.KillLoop.Checks;
using Flip.Edge.KillLoop.World;
using Flip.Edge.Simulator.Demo;

namespace Flip.Edge.KillLoop;

/// <summary>The local endpoint of one start of the daemon, until that process or the time for it ends.</summary>
internal sealed class Session : IDisposable
{
    /// <summary>The button's answer once the trigger is on the disk.</summary>
    public const int Accepted = (int)HttpStatusCode.Accepted;

    /// <summary>Of a process that was ended with SIGKILL.</summary>
    public const int KilledExitCode = 128 + 9;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly LocalApi _api;
    private readonly CancellationTokenSource _over;
    private readonly DaemonProcess _daemon;
    private readonly Task _watch;

    public Session(DaemonProcess daemon, Gateway gateway, CancellationToken cancellationToken)
    {
        _daemon = daemon;
        _api = new(gateway.Socket);
        _over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _watch = WatchAsync();
    }

    public void EndAfter(TimeSpan limit) => _over.CancelAfter(limit);

    /// <summary>Whether the process, or the time for it, has ended. A connection that breaks tells of it before the process is reaped.</summary>
    public async Task<bool> IsOverAsync() => await Task.WhenAny(_watch, Task.Delay(Soon, TimeProvider.System)) == _watch;

    public Task WaitUntilUpAsync() => _api.WaitUntilUpAsync(_over.Token);

    public Task PauseAsync() => PauseAsync(Pause);

    public Task PauseAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, _over.Token);

    /// <summary>Presses the button.</summary>
    /// <returns>The status code.</returns>
    public async Task<int> PressAsync() => (await _api.CommissionAsync(_over.Token)).Code;

    public async Task<CommissioningSeen> SeeAsync() => CommissioningSeen.Of(await _api.GetAsync("api/v1/status", _over.Token));

    /// <summary>The daemon's frozen requests; null where it does not tell of them.</summary>
    public async Task<IReadOnlyList<HistoryLine>?> HistoryAsync()
    {
        try
        {
            return HistoryLine.Of(await _api.GetAsync("api/v1/commission/history", _over.Token));
        }
        catch (HttpRequestException older) when (older.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Waits until the feed has an enrollment that is live, and its program: what the answer to the commission would have told.</summary>
    public Task<bool> IsEnrolledAsync() => EventuallyAsync(async () =>
    {
        JsonNode? enrollment = (await _api.GetAsync("api/v1/enrollment", _over.Token))["enrollment"];
        return (string?)enrollment?["status"] == "ACTIVE" && enrollment["program_name"] is not null;
    });

    /// <summary>Waits until the retained message is what the daemon knows.</summary>
    public Task<bool> IsToldToTheBrokerAsync(Surroundings surroundings) => EventuallyAsync(() => Task.FromResult(
        surroundings.Retained.TryGetValue($"flip-edge/{Gateway.Id}/commissioning", out string? told) && (string?)JsonNode.Parse(told)!["state"] == "commissioned"));

    public void Dispose()
    {
        _over.Cancel();
        _over.Dispose();
        _api.Dispose();
    }

    private async Task<bool> EventuallyAsync(Func<Task<bool>> ask)
    {
        try
        {
            while (!await ask()) await PauseAsync();
            return true;
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            await _daemon.WaitAsync(_over.Token);
            await _over.CancelAsync();
        }
        catch (Exception disposed) when (disposed is OperationCanceledException or ObjectDisposedException)
        {
            // The session ended first.
        }
    }
}
