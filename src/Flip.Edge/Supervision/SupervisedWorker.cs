namespace Flip.Edge.Supervision;

/// <summary>Runs a worker under the eyes of the watch: what it does is on the board, and its end before the daemon's own ends the daemon.</summary>
/// <param name="name">In the words of a person.</param>
/// <param name="worker">The worker.</param>
/// <param name="board">Where its steps go.</param>
/// <param name="ends">Where its end is told.</param>
internal sealed class SupervisedWorker(string name, BackgroundService worker, StepBoard board, WorkerEnds ends) : IHostedService, IDisposable
{
    private Step? _step;

    /// <summary>Completes once the worker has reached its first step.</summary>
    public Task HasBegun => _step?.HasBegun ?? Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The worker's task inherits the step. What is set in here is not seen by whoever called this.
        _step = board.Begin(name, Progress.Usual);
        await worker.StartAsync(cancellationToken);
        _ = FollowAsync(worker.ExecuteTask!);
    }

    public Task StopAsync(CancellationToken cancellationToken) => worker.StopAsync(cancellationToken);

    public void Dispose() => _step?.Dispose();

    private async Task FollowAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _step!.Dispose();
        ends.Tell(name, running);
    }
}
