using System.Globalization;
using Flip.Edge.Cli;

namespace Flip.Edge.Logs;

/// <summary>One line of the log, with its named values.</summary>
/// <param name="Timestamp">Monotonic time of the line, as <see cref="TimeProvider.GetTimestamp"/> tells it: the wall clock may be set later.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Category">Who says it: the full name of a type.</param>
/// <param name="EventId">Number of the message, see docs/operations.md; 0 where it has none.</param>
/// <param name="Message">The sentence, in one line.</param>
/// <param name="Values">The sentence's named values, without its template.</param>
/// <param name="Exception">What was thrown; null for most lines.</param>
internal sealed record LogLine(
    long Timestamp, LogLevel Level, string Category, int EventId, string Message, IReadOnlyList<KeyValuePair<string, string>> Values, Exception? Exception)
{
    // The name under which Microsoft.Extensions.Logging passes the template itself.
    private const string Template = "{OriginalFormat}";

    /// <summary>Category, id and sentence, and what was thrown in a few words: as it is shown where there are no fields.</summary>
    public string Text
    {
        get
        {
            string thrown = Exception is null ? "" : $": {Exception.GetType().Name}: {InOneLine(Exception.Message)}";
            return string.Create(CultureInfo.InvariantCulture, $"{Category}[{EventId}] {Message}{thrown}");
        }
    }

    /// <summary>Category, id and sentence, and what was thrown with its stack, in one line.</summary>
    public string Full
    {
        get
        {
            string thrown = Exception is null ? "" : $" {InOneLine(Exception.ToString())}";
            return string.Create(CultureInfo.InvariantCulture, $"{Category}[{EventId}] {Message}{thrown}");
        }
    }

    /// <summary>The line of a log call; not generic, or the native binary would hold it for each of thirty shapes of a message.</summary>
    public static LogLine Of(long timestamp, LogLevel level, string category, EventId eventId, string message, object? state, Exception? exception)
    {
        List<KeyValuePair<string, string>> values = [];
        if (state is IReadOnlyList<KeyValuePair<string, object?>> named)
        {
            foreach ((string name, object? value) in named)
            {
                if (name != Template && value is not null) values.Add(new(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
            }
        }

        return new(timestamp, level, category, eventId.Id, InOneLine(message), values, exception);
    }

    /// <summary>When it was, by the clock as it is now: a line from before the clock was set gets its right time too.</summary>
    public DateTimeOffset At(TimeProvider time) => time.GetUtcNow() - time.GetElapsedTime(Timestamp);

    // journalctl shows a line with a control character as "blob data" and hides what it says; a terminal would obey it.
    private static string InOneLine(string text) => TerminalText.Shown(text.AsSpan().IndexOfAny('\n', '\r') < 0 ? text : text.ReplaceLineEndings(" "));
}
