using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Console;

namespace Flip.Edge;

internal static class EdgeLogging
{
    /// <summary>One line for each thing an operator cares about: to the journal with its priority, else with a time of its own.</summary>
    public static void AddEdgeLogging(this ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // The host says that it starts and stops in lines of its own; ours are enough.
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // Why a start failed is told by the command, in a sentence; what ends a running host is critical.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
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
