using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Flip.Edge.Logs;

/// <summary>
/// One entry in the journal's native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL): <c>NAME=value</c> in a line, or for a value of several
/// lines its name, its length and its bytes.
/// </summary>
/// <remarks>
/// A datagram holds some 200 kB. Each part is bounded far below, and says what it left out, so that no descriptor has to be passed: a line of
/// the log is never as long.
/// </remarks>
internal static class JournalEntry
{
    public const string Identifier = "flip-edge";

    private const int LongestName = 64, LongestMessage = 16 * 1024, LongestException = 32 * 1024, LongestValue = 2 * 1024, MostValues = 32;

    /// <summary>The entry of a line: its level, sentence, id and named values, and what was thrown.</summary>
    public static byte[] Of(LogLine line)
    {
        ArrayBufferWriter<byte> entry = new(1024);
        Field(entry, "MESSAGE", line.Text, LongestMessage);
        Field(entry, "PRIORITY", Priority(line.Level).ToString(CultureInfo.InvariantCulture), LongestValue);
        Field(entry, "SYSLOG_IDENTIFIER", Identifier, LongestValue);
        Field(entry, "FLIP_CATEGORY", line.Category, LongestValue);
        Field(entry, "FLIP_EVENT_ID", line.EventId.ToString(CultureInfo.InvariantCulture), LongestValue);
        foreach ((string name, string value) in line.Values.Take(MostValues)) Field(entry, Name(name), value, LongestValue);
        if (line.Exception is { } thrown)
        {
            Field(entry, "EXCEPTION_TYPE", thrown.GetType().FullName ?? thrown.GetType().Name, LongestValue);
            Field(entry, "EXCEPTION_MESSAGE", thrown.Message, LongestValue);
            Field(entry, "EXCEPTION", thrown.ToString(), LongestException);
        }

        return entry.WrittenSpan.ToArray();
    }

    /// <summary>A field's name: <c>BaseUrl</c> is <c>FLIP_BASE_URL</c>. The journal takes A to Z, digits and underscores, at most 64.</summary>
    public static string Name(string value)
    {
        StringBuilder name = new("FLIP_");
        char before = '_';
        foreach (char c in value)
        {
            if (char.IsAsciiLetterUpper(c) && (char.IsAsciiLetterLower(before) || char.IsAsciiDigit(before))) name.Append('_');
            name.Append(char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_');
            before = c;
        }

        return name.Length <= LongestName ? name.ToString() : name.ToString(0, LongestName);
    }

    /// <summary>Priority as in syslog(3).</summary>
    public static int Priority(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };

    private static void Field(ArrayBufferWriter<byte> entry, string name, string value, int longest)
    {
        byte[] bytes = Bounded(value, longest);
        entry.Write(Encoding.ASCII.GetBytes(name));
        if (bytes.AsSpan().Contains((byte)'\n'))
        {
            entry.Write("\n"u8);
            BinaryPrimitives.WriteUInt64LittleEndian(entry.GetSpan(sizeof(ulong)), (ulong)bytes.Length);
            entry.Advance(sizeof(ulong));
        }
        else
        {
            entry.Write("="u8);
        }

        entry.Write(bytes);
        entry.Write("\n"u8);
    }

    private static byte[] Bounded(string value, int longest)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        if (bytes.Length <= longest) return bytes;
        int kept = longest;
        // Not in the middle of a character: what is no UTF-8 is shown as a blob.
        while (kept > 0 && (bytes[kept] & 0xC0) == 0x80) kept--;
        return [.. bytes.AsSpan(0, kept), .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $" … ({bytes.Length - kept} more bytes)"))];
    }
}
