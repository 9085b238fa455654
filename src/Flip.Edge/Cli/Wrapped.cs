using System.Text;

namespace Flip.Edge.Cli;

/// <summary>Long lines broken at the ends of words, each next line under the column in which the sentence began.</summary>
internal static class Wrapped
{
    /// <summary>The narrowest column; a terminal that is narrower breaks lines by itself.</summary>
    public const int Least = 40;

    private const int WithoutTerminal = 100;

    /// <summary>The terminal's width, or 100 where the output goes elsewhere.</summary>
    public static int Width => Math.Max(Least, StandardStreams.WidthOf(StandardStreams.Output) ?? WithoutTerminal);

    /// <summary>Writes one line, or as many as it takes.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="text">The whole line, with whatever stands before the column.</param>
    /// <param name="column">Where the next lines begin.</param>
    public static Task WriteAsync(TextWriter output, string text, int column) => output.WriteLineAsync(Of(text, column, Width, output.NewLine));

    /// <summary>Writes a sentence on standard error.</summary>
    public static Task WriteErrorAsync(TextWriter errors, string text) => errors.WriteLineAsync(Error(text, errors));

    /// <summary>The same without giving way.</summary>
    public static void WriteError(TextWriter errors, string text) => errors.WriteLine(Error(text, errors));

    /// <summary>The text in lines. A word that is longer than a line, such as a path, stays whole.</summary>
    public static string Of(string text, int column, int width, string newLine = "\n")
    {
        StringBuilder lines = new();
        string left = text.TrimEnd();
        int start = column;
        while (left.Length > width && Break(left, start, width) is var at and >= 0)
        {
            lines.Append(left.AsSpan(0, at).TrimEnd()).Append(newLine);
            left = new string(' ', column) + left[at..].TrimStart();
        }

        return lines.Append(left).ToString();
    }

    private static string Error(string text, TextWriter errors) => StandardStreams.WidthOf(StandardStreams.Error) is { } width ? Of(text, 0, Math.Max(Least, width), errors.NewLine) : text;

    // The last space that fits, else the first after it; what stands before the column is never broken.
    private static int Break(string line, int column, int width)
    {
        int from = Math.Min(column, line.Length - 1);
        int last = width >= from ? line.LastIndexOf(' ', Math.Min(width, line.Length - 1), Math.Min(width, line.Length - 1) - from + 1) : -1;
        return last > from ? last : line.IndexOf(' ', Math.Min(from + 1, line.Length - 1));
    }
}
