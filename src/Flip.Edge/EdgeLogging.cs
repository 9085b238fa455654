using Flip.Edge.Configuration;
using Flip.Edge.Logs;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Console;

namespace Flip.Edge;

internal static class EdgeLogging
{
    /// <summary>One line for each thing an operator cares about: to the journal with its fields, else with a time of its own.</summary>
    public static void AddEdgeLogging(this ILoggingBuilder logging, LoggingSettings settings)
    {
        LogLevels levels = new(settings);
        logging.Services.AddSingleton(levels);
        // The filter decides alone, so that a reload can lower the level too.
        logging.SetMinimumLevel(LogLevel.Trace);
        logging.AddFilter(levels.Allows);
        RecentLog recent = new();
        logging.Services.AddSingleton(recent);
        logging.Services.AddSingleton<ILogSink>(recent);
        logging.Services.AddSingleton<ILoggerProvider, EdgeLoggerProvider>();
        if (JournalStream.IsStandardError())
        {
            logging.Services.AddSingleton<ILogSink>(provider => new JournalSink(provider.GetRequiredService<TimeProvider>()));
            return;
        }

        // The first does not see its parent under ProtectProc=invisible; whoever is to notify runs under systemd too.
        if (SystemdHelpers.IsSystemdService() || new SystemdNotifier().IsEnabled)
        {
            logging.AddSystemdConsole();
            return;
        }

        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
    }
}
