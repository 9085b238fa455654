using System.Globalization;

namespace Flip.Edge.Logs;

/// <summary>
/// Writes each line to a terminal, a pipe or a file. Where it can't be written, as on a full disk, it is counted, and the count is told with
/// the next one that can.
/// </summary>
/// <param name="output">Standard output.</param>
/// <param name="prefix">What comes before the category: a time and a level, or a priority.</param>
internal sealed class ConsoleSink(TextWriter output, Func<LogLine, string> prefix) : ILogSink
{
    private readonly Lock _gate = new();
    private long _lost;

    /// <summary>For a person: <c>2026-11-23T08:00:00.000Z warn: Flip.Edge.…[102] …</c>.</summary>
    public static ConsoleSink ForPerson(TextWriter output, TimeProvider time) =>
        new(output, line => string.Create(CultureInfo.InvariantCulture, $"{line.At(time).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Name(line.Level)}: "));

    /// <summary>For systemd, which takes the level from <c>&lt;4&gt;</c> before the line (sd-daemon(3)) and knows the time.</summary>
    public static ConsoleSink ForSystemd(TextWriter output) =>
        new(output, line => string.Create(CultureInfo.InvariantCulture, $"<{JournalEntry.Priority(line.Level)}>"));

    public void Write(LogLine line)
    {
        lock (_gate)
        {
            if (!TryWrite(prefix(line) + line.Full)) _lost++;
            else if (_lost > 0 && TryWrite(prefix(line) + string.Create(CultureInfo.InvariantCulture, $"{_lost} line(s) before this could not be written"))) _lost = 0;
        }
    }

    // The names that Microsoft.Extensions.Logging.Console writes, which people and their filters know.
    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit",
        LogLevel.Error => "fail",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        LogLevel.Debug => "dbug",
        _ => "trce",
    };

    private bool TryWrite(string line)
    {
        try
        {
            output.WriteLine(line);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
