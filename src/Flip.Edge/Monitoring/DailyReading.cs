using Flip.Edge.Supervision;

namespace Flip.Edge.Monitoring;

/// <summary>Has every nameplate read once a day, so that an exchanged battery is noticed without a restart.</summary>
internal sealed class DailyReading(DeviceWatch devices, TimeProvider time, Func<double> random) : BackgroundService
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            // Not all at the same minute: a gateway with several batteries has one bus.
            using (Progress.Waiting("for tomorrow")) await Task.Delay(Day * (0.95 + (random() / 10)), time, stoppingToken);
            devices.Refresh();
        }
    }
}
