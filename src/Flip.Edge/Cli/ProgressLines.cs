using Flip.Edge.Devices.Probing;

namespace Flip.Edge.Cli;

/// <summary>
/// Progress on standard error. With <c>--verbose</c> every question is a line. Without it, a person at a terminal sees the last question
/// in one line that the next one overwrites, and a script finds nothing there but what it has to know.
/// </summary>
/// <param name="errors">Standard error.</param>
/// <param name="isVerbose">Whether every question is a line of its own.</param>
/// <param name="width">The terminal's width; null where it is none.</param>
internal sealed class ProgressLines(TextWriter errors, bool isVerbose, int? width) : IProgress<ProbeStep>, IProgress<string>
{
    private readonly Lock _lock = new();
    private int _shown;

    public ProgressLines(TextWriter errors, bool isVerbose)
        : this(errors, isVerbose, StandardStreams.WidthOf(StandardStreams.Error))
    {
    }

    /// <summary>A question and what came of it.</summary>
    public void Report(ProbeStep value)
    {
        lock (_lock)
        {
            if (isVerbose) errors.WriteLine(value);
            else if (width is { } columns) Overwrite(value.ToString(), columns);
        }
    }

    /// <summary>News, which stay.</summary>
    public void Report(string value)
    {
        lock (_lock)
        {
            Wipe();
            errors.WriteLine(width is { } columns ? Wrapped.Of(value, 2, columns) : value);
        }
    }

    /// <summary>Takes the line of the last question away.</summary>
    public void Clear()
    {
        lock (_lock) Wipe();
    }

    // The last column stays free: some terminals go to the next line as soon as it is written.
    private void Overwrite(string text, int columns)
    {
        text = TerminalText.OneLine(text);
        string line = text.Length < columns ? text : $"{text[..Math.Max(0, columns - 2)]}…";
        errors.Write('\r');
        errors.Write(line.PadRight(_shown));
        _shown = line.Length;
    }

    private void Wipe()
    {
        if (_shown == 0) return;
        errors.Write('\r');
        errors.Write(new string(' ', _shown));
        errors.Write('\r');
        _shown = 0;
    }
}
