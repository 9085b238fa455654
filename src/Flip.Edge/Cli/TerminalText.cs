using System.Buffers;
using System.Globalization;
using System.Text;

namespace Flip.Edge.Cli;

/// <summary>
/// What a command writes, with every character that would steer a terminal shown as <c>\u001B</c>: devices, brokers and servers choose names, and a name shall
/// not clear the screen, go back in the line, hide, or turn the direction around. In JSON the same form means the same character.
/// </summary>
/// <remarks>
/// Ends of lines pass, as texts of several lines are ours. A carriage return passes only as a single character, which no text from outside is written as.
/// </remarks>
/// <param name="inner">Standard output or standard error.</param>
/// <param name="mayBeLost">Whether what can't be written is dropped: a message on standard error is no result, and the exit code tells the same.</param>
/// <exception cref="OutputLostException">By each way of writing, unless <paramref name="mayBeLost"/>: what was written is lost.</exception>
internal sealed class TerminalText(TextWriter inner, bool mayBeLost = false) : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Has all that this process writes go through one, log and messages too.</summary>
    public static void Guard()
    {
        Console.SetOut(new TerminalText(Writer(StandardStreams.Output)));
        Console.SetError(new TerminalText(Writer(StandardStreams.Error), mayBeLost: true));
    }

    /// <summary>The text as it is shown, its ends of lines too: for what is no more than a part of a line.</summary>
    public static string OneLine(string text) => Shown(text).Replace("\n", "\\u000A", StringComparison.Ordinal);

    /// <summary>The text as it is shown.</summary>
    public static string Shown(string text)
    {
        StringBuilder shown = new(text.Length);
        for (ReadOnlySpan<char> left = text; !left.IsEmpty;)
        {
            bool isWhole = Rune.DecodeFromUtf16(left, out Rune rune, out int length) == OperationStatus.Done;
            if (isWhole && !Steers(rune)) shown.Append(left[..length]);
            else foreach (char character in left[..length]) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            left = left[length..];
        }

        return shown.ToString();
    }

    public override void Write(char value) => Pass(value == '\r' ? "\r" : Shown(value.ToString()));

    public override void Write(string? value) => Pass(Shown(value ?? ""));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine(string? value) => Pass(Shown(value ?? "") + inner.NewLine);

    // Standard output has no other way: who writes to it waits.
    public override Task WriteAsync(string? value) => Done(() => Write(value));

    public override Task WriteLineAsync(string? value) => Done(() => WriteLine(value));

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    private static StreamWriter Writer(int descriptor) => new(new StandardOutput(descriptor), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 256) { AutoFlush = true };

    private static Task Done(Action write)
    {
        write();
        return Task.CompletedTask;
    }

    private void Pass(string shown)
    {
        try
        {
            inner.Write(shown);
        }
        catch (IOException lost)
        {
            if (!mayBeLost) throw new OutputLostException(lost);
        }
    }

    // Control characters of both sets (U+009B is an escape of its own), separators of lines and paragraphs, and what is invisible or turns the direction.
    private static bool Steers(Rune rune) => rune.Value != '\n'
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
