namespace Flip.Edge.Supervision;

/// <summary>When the daemon is up, and what systemd is told of it.</summary>
internal static class Readiness
{
    /// <summary>Tells systemd that the daemon is up. It is, once its socket is open, its database too, and every worker at work.</summary>
    public static async Task TellReadyAsync(this IHost app, CancellationToken cancellationToken)
    {
        IHostApplicationLifetime lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();
        ServiceNotices notices = app.Services.GetRequiredService<ServiceNotices>();
        lifetime.ApplicationStopping.Register(notices.Stopping);
        Task begun = Task.WhenAll(app.Services.GetServices<IHostedService>().OfType<SupervisedWorker>().Select(worker => worker.HasBegun));
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await begun.WaitAsync(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Told to stop while it starts: it was never ready.
            return;
        }

        notices.Ready(app.Services.GetRequiredService<StatusNotices>().Sentence);
    }

    /// <summary>Whether it ended because it was told to, and not because one of its workers did.</summary>
    public static bool EndedInOrder(this IHost app) =>
        !app.Services.GetRequiredService<WorkerEnds>().IsUnexpected
        && !app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(worker => worker.ExecuteTask is { IsFaulted: true });
}
