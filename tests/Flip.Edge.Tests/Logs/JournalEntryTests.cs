using Flip.Edge.Logs;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Flip.Edge.Tests.Logs;

/// <summary>The journal's native protocol, systemd.io/JOURNAL_NATIVE_PROTOCOL.</summary>
public sealed class JournalEntryTests
{
    [Fact]
    public void A_line_carries_level_sentence_identifier_category_and_event_id()
    {
        Dictionary<string, string> fields = JournalFields.Read(JournalEntry.Of(Line(LogLevel.Warning, "Device battery-1 is unreachable")));

        Assert.Equal("Flip.Edge.Monitoring.DeviceMonitor[102] Device battery-1 is unreachable", fields["MESSAGE"]);
        Assert.Equal("4", fields["PRIORITY"]);
        Assert.Equal("flip-edge", fields["SYSLOG_IDENTIFIER"]);
        Assert.Equal("Flip.Edge.Monitoring.DeviceMonitor", fields["FLIP_CATEGORY"]);
        Assert.Equal("102", fields["FLIP_EVENT_ID"]);
    }

    /// <summary>journalctl shows what it can't print as "[64B blob data]": a device's name with one control character in it would hide the line that warns of it.</summary>
    [Fact]
    public void A_control_character_in_a_name_neither_hides_the_line_nor_makes_another_nor_steers_a_terminal()
    {
        LogLine line = LogLine.Of(0, LogLevel.Warning, "Flip.Edge", 102, "Device \u001b]0;x\u0007 is\r\n<3>well\u2028\u202e\u009b", null, new IOException("a\u001b[2Jb\nc"));

        Dictionary<string, string> fields = JournalFields.Read(JournalEntry.Of(line));

        Assert.Equal(@"Flip.Edge[102] Device \u001B]0;x\u0007 is <3>well \u202E\u009B: IOException: a\u001B[2Jb c", fields["MESSAGE"]);
    }

    [Fact]
    public void Each_named_value_is_a_field_of_its_own()
    {
        LogLine line = Line(LogLevel.Information, "…") with { Values = [new("Device", "battery-1"), new("BaseUrl", "https://api.flip.energy")] };

        Dictionary<string, string> fields = JournalFields.Read(JournalEntry.Of(line));

        Assert.Equal("battery-1", fields["FLIP_DEVICE"]);
        Assert.Equal("https://api.flip.energy", fields["FLIP_BASE_URL"]);
    }

    [Theory]
    [InlineData("Device", "FLIP_DEVICE")]
    [InlineData("BaseUrl", "FLIP_BASE_URL")]
    [InlineData("odd name-é", "FLIP_ODD_NAME__")]
    [InlineData("_PID", "FLIP__PID")]
    [InlineData("A123456789B123456789C123456789D123456789E123456789F123456789G123456789", "FLIP_A123456789_B123456789_C123456789_D123456789_E123456789_F123")]
    public void A_field_has_a_name_that_the_journal_takes(string value, string field) => Assert.Equal(field, JournalEntry.Name(value));

    [Theory]
    [InlineData(LogLevel.Critical, "2")]
    [InlineData(LogLevel.Error, "3")]
    [InlineData(LogLevel.Warning, "4")]
    [InlineData(LogLevel.Information, "6")]
    [InlineData(LogLevel.Debug, "7")]
    [InlineData(LogLevel.Trace, "7")]
    public void A_level_is_a_priority_of_syslog(LogLevel level, string priority) =>
        Assert.Equal(priority, JournalFields.Read(JournalEntry.Of(Line(level, "…")))["PRIORITY"]);

    [Fact]
    public void An_exception_has_fields_with_its_stack_and_the_message_stays_one_line()
    {
        LogLine line = Line(LogLevel.Error, "It failed") with { Exception = Thrown() };

        Dictionary<string, string> fields = JournalFields.Read(JournalEntry.Of(line));

        Assert.Equal("Flip.Edge.Monitoring.DeviceMonitor[102] It failed: InvalidOperationException: two lines", fields["MESSAGE"]);
        Assert.Equal("System.InvalidOperationException", fields["EXCEPTION_TYPE"]);
        Assert.Equal("two\nlines", fields["EXCEPTION_MESSAGE"]);
        Assert.Contains(nameof(Thrown), fields["EXCEPTION"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_can_not_forge_a_field()
    {
        LogLine line = Line(LogLevel.Warning, "…") with { Values = [new("Reason", "x\nPRIORITY=0\nMESSAGE=all is well")] };

        Dictionary<string, string> fields = JournalFields.Read(JournalEntry.Of(line));

        Assert.Equal("4", fields["PRIORITY"]);
        Assert.Equal("x\nPRIORITY=0\nMESSAGE=all is well", fields["FLIP_REASON"]);
    }

    [Fact]
    public void A_line_of_any_length_fits_into_a_datagram_and_says_what_was_left_out()
    {
        string huge = new('é', 1_000_000);
        LogLine line = Line(LogLevel.Error, huge) with
        {
            Values = [.. Enumerable.Range(0, 100).Select(i => new KeyValuePair<string, string>($"V{i}", huge))],
            Exception = new InvalidOperationException(huge),
        };

        byte[] entry = JournalEntry.Of(line);

        // net.core.wmem_default is 212,992 on every Linux.
        Assert.InRange(entry.Length, 1, 150_000);
        Assert.EndsWith(" more bytes)", JournalFields.Read(entry)["MESSAGE"], StringComparison.Ordinal);
    }

    private static LogLine Line(LogLevel level, string message) => new(0, level, "Flip.Edge.Monitoring.DeviceMonitor", 102, message, [], null);

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("two\nlines");
        }
        catch (InvalidOperationException caught)
        {
            return caught;
        }
    }
}
