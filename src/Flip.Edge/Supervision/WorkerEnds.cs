namespace Flip.Edge.Supervision;

/// <summary>
/// A daemon with a dead worker looks alive and does nothing. So the end of one, with an exception or without, ends the process, and systemd
/// starts it again.
/// </summary>
internal sealed partial class WorkerEnds(IHostApplicationLifetime lifetime, ILogger<WorkerEnds> log)
{
    private volatile bool _isUnexpected;

    /// <summary>Whether a worker has ended although nobody had told it to.</summary>
    public bool IsUnexpected => _isUnexpected;

    public void Tell(string worker, Task ended)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            if (ended.Exception is { } late) LogFailedLate(late.GetBaseException(), worker);
            return;
        }

        _isUnexpected = true;
        if (ended.Exception is { } failed) LogFailed(failed.GetBaseException(), worker);
        else LogEnded(worker);
        lifetime.StopApplication();
    }

    [LoggerMessage(12, LogLevel.Critical, "The worker {Worker} failed, and the daemon ends with exit code 1, to be started again")]
    private partial void LogFailed(Exception exception, string worker);

    [LoggerMessage(17, LogLevel.Error, "The worker {Worker} failed while the daemon stopped")]
    private partial void LogFailedLate(Exception exception, string worker);

    [LoggerMessage(13, LogLevel.Critical, "The worker {Worker} came to an end that it must not come to, and the daemon ends with exit code 1, to be started again")]
    private partial void LogEnded(string worker);
}
