using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flip.Edge.Tests.Supervision;

public sealed class SupervisedWorkerTests : IDisposable
{
    private readonly StepBoard _board = new(TimeProvider.System);
    private readonly LogLines<WorkerEnds> _log = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly TaskCompletionSource _go = new();
    private readonly WorkerEnds _ends;

    public SupervisedWorkerTests() => _ends = new(_lifetime, _log);

    [Fact]
    public async Task A_worker_that_fails_ends_the_daemon_with_its_exception_in_the_log()
    {
        using SupervisedWorker worker = await StartAsync(async stop =>
        {
            await _go.Task;
            throw new InvalidOperationException("a fault of ours");
        });
        Assert.Equal(["devices"], _board.Innermost());
        _go.SetResult();
        await FaultRig.UntilAsync(() => _lifetime.ApplicationStopping.IsCancellationRequested);
        Assert.True(_ends.IsUnexpected);
        Assert.Equal((12, "The worker devices failed, and the daemon ends with exit code 1, to be started again"), Assert.Single(_log.Lines));
        Assert.Equal(0, _board.Count);
    }

    [Fact]
    public async Task So_does_one_that_just_ends()
    {
        using SupervisedWorker worker = await StartAsync(_ => _go.Task);
        _go.SetResult();
        await FaultRig.UntilAsync(() => _lifetime.ApplicationStopping.IsCancellationRequested);
        Assert.True(_ends.IsUnexpected);
        Assert.Equal(13, Assert.Single(_log.Lines).Id);
    }

    [Fact]
    public async Task So_does_one_that_was_cancelled_by_itself_and_not_by_the_stop()
    {
        using SupervisedWorker worker = await StartAsync(_ => throw new OperationCanceledException());
        await FaultRig.UntilAsync(() => _lifetime.ApplicationStopping.IsCancellationRequested);
        Assert.True(_ends.IsUnexpected);
    }

    [Fact]
    public async Task One_that_ends_because_the_daemon_does_is_in_order()
    {
        using SupervisedWorker worker = await StartAsync(stop => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
        _lifetime.StopApplication();
        await worker.StopAsync(TestContext.Current.CancellationToken);
        await FaultRig.UntilAsync(() => _board.Count == 0);
        Assert.False(_ends.IsUnexpected);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task What_fails_while_the_daemon_stops_is_in_the_log_and_changes_nothing()
    {
        using SupervisedWorker worker = await StartAsync(async stop =>
        {
            await _go.Task;
            throw new InvalidOperationException("a fault of ours");
        });
        _lifetime.StopApplication();
        _go.SetResult();
        await FaultRig.UntilAsync(() => !_log.Lines.IsEmpty);
        Assert.Equal((17, "The worker devices failed while the daemon stopped"), Assert.Single(_log.Lines));
        Assert.False(_ends.IsUnexpected);
    }

    [Fact]
    public async Task It_has_begun_when_it_reached_its_first_step_and_not_when_it_was_called()
    {
        using SupervisedWorker worker = await StartAsync(async stop =>
        {
            await _go.Task;
            using IDisposable? wait = Progress.Waiting("for a change");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        });
        Assert.False(worker.HasBegun.IsCompleted);
        _go.SetResult();
        await worker.HasBegun.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["devices > waiting for a change"], _board.Innermost());
        _lifetime.StopApplication();
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _go.TrySetCanceled();

    private async Task<SupervisedWorker> StartAsync(Func<CancellationToken, Task> run)
    {
        SupervisedWorker worker = new("devices", new Worker(run), _board, _ends);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        return worker;
    }

    private sealed class Worker(Func<CancellationToken, Task> run) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => run(stoppingToken);
    }
}
