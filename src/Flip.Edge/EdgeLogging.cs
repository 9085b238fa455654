using Flip.Edge.Configuration;
using Flip.Edge.Logs;
using Microsoft.Extensions.Hosting.Systemd;

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
        logging.Services.AddSingleton(provider => Sink(provider.GetRequiredService<TimeProvider>()));
    }

    private static ILogSink Sink(TimeProvider time)
    {
        if (JournalStream.IsStandardError()) return new JournalSink(time);
        // The first does not see its parent under ProtectProc=invisible; whoever is to notify runs under systemd too.
        if (SystemdHelpers.IsSystemdService() || new SystemdNotifier().IsEnabled) return ConsoleSink.ForSystemd(Console.Out);
        return ConsoleSink.ForPerson(Console.Out, time);
    }
}
