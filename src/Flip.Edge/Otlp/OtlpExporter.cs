using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Logs;
using Flip.Edge.Metrics;
using Flip.Edge.Status;
using Flip.Edge.Supervision;

namespace Flip.Edge.Otlp;

/// <summary>
/// Sends metrics and log lines to a collector, each at its own pace. A collector that is away holds nothing up: metrics are left out, lines wait in a
/// bounded queue, and one line of the log says so.
/// </summary>
internal sealed partial class OtlpExporter(
    EdgeSettings settings, EdgeMetrics metrics, OtlpLogQueue queue, OtlpClient client, OtlpCounts counts, ClockTrust clock, WorkerFaults faults, TimeProvider time, Func<double> random,
    ILogger<OtlpExporter> log) : BackgroundService
{
    /// <summary>So long lines are gathered for one request.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromSeconds(5);

    /// <summary>The most lines in one request.</summary>
    public const int MostLines = 200;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromMinutes(5);
    private readonly long _started = time.GetTimestamp();
    private readonly Reach _metricsReach = new(time), _logsReach = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        // With a clock of 1970 neither the times nor the certificate would be right. Lines of that time are sent later, with their right time.
        await clock.WaitAsync(stoppingToken);
        await Task.WhenAll(GoingOnAsync(OtlpKind.Metrics, MetricsAsync, stoppingToken), settings.Otlp.Logs ? GoingOnAsync(OtlpKind.Logs, LogsAsync, stoppingToken) : Task.CompletedTask);
    }

    // A fault of ours in one must not end the other, nor the daemon.
    private async Task GoingOnAsync(OtlpKind kind, Func<CancellationToken, Task> sending, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await sending(stoppingToken);
            }
#pragma warning disable CA1031 // It is told with its exception, and tried again.
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(failed, LongestPause.TotalMinutes);
                faults.Failed(Name(kind), failed);
            }

            await Task.Delay(LongestPause, time, stoppingToken);
        }
    }

    private async Task MetricsAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = FirstPause;
        // A fleet that starts at once does not send at once.
        TimeSpan wait = settings.Otlp.Interval * random();
        while (true)
        {
            await Task.Delay(wait, time, stoppingToken);
            DateTimeOffset now = time.GetUtcNow();
            byte[] document = MetricsJson.Write(metrics.Now(), settings.Gateway.Id, StatusView.Version, now - time.GetElapsedTime(_started), now);
            OtlpAnswer answer = await SendAsync(OtlpKind.Metrics, document, stoppingToken);
            (wait, pause) = answer.Failure is null ? (settings.Otlp.Interval, FirstPause) : (Longer(settings.Otlp.Interval, Pause(pause, answer)), Doubled(pause));
        }
    }

    private async Task LogsAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = FirstPause;
        while (true)
        {
            await queue.WaitAsync(stoppingToken);
            await Task.Delay(Gathering, time, stoppingToken);
            IReadOnlyList<LogLine> lines = queue.Take(MostLines);
            OtlpAnswer answer = await SendAsync(OtlpKind.Logs, LogsJson.Write(lines, settings.Gateway.Id, StatusView.Version, time), stoppingToken);
            queue.Refused(answer.Rejected);
            if (answer.Failure is null)
            {
                pause = FirstPause;
                continue;
            }

            if (answer.MayRetry) queue.Return(lines);
            else queue.Refused(lines.Count);
            await Task.Delay(Pause(pause, answer), time, stoppingToken);
            pause = Doubled(pause);
        }
    }

    private async Task<OtlpAnswer> SendAsync(OtlpKind kind, byte[] document, CancellationToken stoppingToken)
    {
        OtlpAnswer answer = await client.SendAsync(kind, document, stoppingToken);
        counts.Add(kind, answer.Failure is null);
        faults.Works(Name(kind));
        Reach reach = kind == OtlpKind.Metrics ? _metricsReach : _logsReach;
        if (answer.Failure is { } failure)
        {
            if (reach.IsLostNow()) LogAway(OtlpClient.Target(settings.Otlp.Endpoint!, kind), kind, failure);
        }
        else if (reach.IsBackNow())
        {
            LogBack(OtlpClient.Target(settings.Otlp.Endpoint!, kind), kind);
        }

        return answer;
    }

    private static string Name(OtlpKind kind) => kind == OtlpKind.Metrics ? "OTLP metrics" : "OTLP log";

    private TimeSpan Pause(TimeSpan pause, OtlpAnswer answer) => Longer(pause * (0.5 + (random() / 2)), answer.RetryAfter ?? TimeSpan.Zero);

    private static TimeSpan Doubled(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    [LoggerMessage(600, LogLevel.Warning, "The OTLP collector does not take {Kind} at {Url} ({Reason}); it is tried again by itself, and nothing else waits for it")]
    private partial void LogAway(Uri url, OtlpKind kind, string reason);

    [LoggerMessage(603, LogLevel.Error, "Sending to the OTLP collector failed unexpectedly; it is tried again in {Minutes} min")]
    private partial void LogFailed(Exception exception, double minutes);

    [LoggerMessage(601, LogLevel.Information, "The OTLP collector takes {Kind} again at {Url}")]
    private partial void LogBack(Uri url, OtlpKind kind);
}
