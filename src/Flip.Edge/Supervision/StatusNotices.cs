using Flip.Edge.Configuration;
using Flip.Edge.Status;
using Flip.Edge.Storage;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Supervision;

/// <summary>Tells systemd in words how things are, at each change.</summary>
internal sealed class StatusNotices(StatusView status, EdgeSettings settings, ServiceNotices notices, ChangeSignal changes, TimeProvider time) : BackgroundService
{
    // One turn of a worker changes several things.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>How things are.</summary>
    public string Sentence
    {
        get
        {
            try
            {
                return StatusSentence.Of(status.Now, settings.Mqtt.Enabled);
            }
            catch (Exception unreadable) when (unreadable is SqliteException or StorageException)
            {
                return $"the database can't be read: {unreadable.Message}";
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? told = null;
        while (true)
        {
            Task next = notices.IsHeard ? changes.Next : Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
            if (notices.IsHeard && Sentence is var sentence && sentence != told) notices.Status(told = sentence);
            using (Progress.Waiting("for a change"))
            {
                await next.WaitAsync(stoppingToken);
                await Task.Delay(Settling, time, stoppingToken);
            }
        }
    }
}
