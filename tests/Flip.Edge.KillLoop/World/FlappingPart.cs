using Flip.Edge.KillLoop.Plans;

namespace Flip.Edge.KillLoop.World;

/// <summary>A server that vanishes and comes back on its port, as the plan says, and then stays.</summary>
internal sealed class FlappingPart : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MostTimeToReturn = TimeSpan.FromSeconds(5);

    private readonly Func<Task<IAsyncDisposable>> _start;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _flapping;
    private IAsyncDisposable _running;

    private FlappingPart(Func<Task<IAsyncDisposable>> start, IAsyncDisposable running, IReadOnlyList<Outage> outages)
    {
        (_start, _running) = (start, running);
        _flapping = FlapAsync(outages);
    }

    /// <summary>Starts the part, and its outages.</summary>
    public static async Task<FlappingPart> StartAsync(Func<Task<IAsyncDisposable>> start, IReadOnlyList<Outage> outages) =>
        new(start, await start(), outages);

    /// <summary>Ends when the part is back for good.</summary>
    public Task SettledAsync(CancellationToken cancellationToken) => _flapping.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _flapping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _running.DisposeAsync();
        _end.Dispose();
    }

    private async Task FlapAsync(IReadOnlyList<Outage> outages)
    {
        foreach (Outage outage in outages)
        {
            await Task.Delay(outage.After, TimeProvider.System, _end.Token);
            await _running.DisposeAsync();
            await Task.Delay(outage.Length, TimeProvider.System, _end.Token);
            _running = await ReturnAsync();
        }
    }

    private async Task<IAsyncDisposable> ReturnAsync()
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await _start();
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(began) < MostTimeToReturn)
            {
                // The port has a connection of before that is not quite gone.
                await Task.Delay(Pause, TimeProvider.System, _end.Token);
            }
        }
    }
}
