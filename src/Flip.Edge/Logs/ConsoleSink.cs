using System.Collections.Concurrent;
using System.Globalization;

namespace Flip.Edge.Logs;

/// <summary>
/// Writes each line to a terminal, a pipe or a file, by a thread of its own: nobody waits for a pipe that is not read. What can't be written
/// (a full disk) or has no room any more is counted, and the count is told with the next line that can.
/// </summary>
internal sealed class ConsoleSink : ILogSink, IDisposable
{
    /// <summary>Lines that wait to be written; of some 200 characters each.</summary>
    public const int Room = 1000;

    // The host's end has 5 s in all.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(0.5);

    private readonly Lock _gate = new();
    private readonly BlockingCollection<LogLine> _waiting = new(Room);
    private readonly TextWriter _output;
    private readonly Func<LogLine, string> _prefix;
    private readonly Thread _writer;
    private long _lost;
    private bool _isOver, _hasFlowed;

    /// <summary>Begins to write.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="prefix">What comes before the category: a time and a level, or a priority.</param>
    public ConsoleSink(TextWriter output, Func<LogLine, string> prefix)
    {
        (_output, _prefix) = (output, prefix);
        _writer = new(WriteAll) { IsBackground = true, Name = "console" };
        _writer.Start();
    }

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
            // Whoever still speaks after the end does so himself, where the output was seen to take lines.
            if (_isOver) _ = _hasFlowed && TryWrite(_prefix(line) + line.Full);
            else if (!_waiting.TryAdd(line)) Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Writes what waits, and gives up where nobody takes it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isOver) return;
            _isOver = true;
            _waiting.CompleteAdding();
            _hasFlowed = _writer.Join(LastWords);
            if (_hasFlowed) _waiting.Dispose();
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

    private void WriteAll()
    {
        foreach (LogLine line in _waiting.GetConsumingEnumerable())
        {
            if (!TryWrite(_prefix(line) + line.Full))
            {
                Interlocked.Increment(ref _lost);
                continue;
            }

            long lost = Interlocked.Exchange(ref _lost, 0);
            if (lost == 0) continue;
            string sentence = $"{Counted.Of(lost, "line")} before this could not be written";
            if (!TryWrite(_prefix(line) + sentence)) Interlocked.Add(ref _lost, lost);
        }
    }

    private bool TryWrite(string line)
    {
        try
        {
            _output.WriteLine(line);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
