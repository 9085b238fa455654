using Flip.Edge.Supervision;

namespace Flip.Edge.Storage;

/// <summary>Says in the log what the start did about a damaged file and when the disk fails, and looks whether a failing disk works again.</summary>
internal sealed partial class StorageWatch(EdgeDatabase database, TimeProvider time, ILogger<StorageWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        StorageHealth said = new(null, null, null);
        while (true)
        {
            Task next = database.Changes.Next;
            StorageHealth now = database.Health;
            Say(said, now);
            said = now;
            if (!now.IsFailing)
            {
                using (Progress.Waiting("for a failure of the disk")) await next.WaitAsync(stoppingToken);
                continue;
            }

            using (Progress.Waiting("before it looks at the disk again")) await Task.Delay(EdgeDatabase.RetryEvery, time, stoppingToken);
            database.TryAgain();
        }
    }

    private void Say(StorageHealth before, StorageHealth now)
    {
        if (now.Recovered is { } recovered && recovered != before.Recovered) LogRecovered(recovered.Sentence);
        if (now.Failure is { } failure && failure != before.Failure) LogFailing(failure);
        if (before.FailingSince is { } since && !now.IsFailing) LogWorks(since);
    }

    [LoggerMessage(400, LogLevel.Warning, "Storage was recovered: {What}")]
    private partial void LogRecovered(string what);

    [LoggerMessage(401, LogLevel.Error, "Storage is failing: {Why}")]
    private partial void LogFailing(string why);

    [LoggerMessage(402, LogLevel.Information, "Storage works again; it had failed since {Since:O}")]
    private partial void LogWorks(DateTimeOffset since);
}
