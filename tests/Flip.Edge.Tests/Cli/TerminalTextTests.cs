using System.Text.Json;
using Flip.Edge.Cli;

namespace Flip.Edge.Tests.Cli;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("\u001b[2J\u001b]0;owned\u0007", @"\u001B[2J\u001B]0;owned\u0007")]
    [InlineData("\u009b31mred", @"\u009B31mred")]
    [InlineData("battery\rgateway", @"battery\u000Dgateway")]
    [InlineData("a\u0008b\0c\u007f", @"a\u0008b\u0000c\u007F")]
    [InlineData("a\u2028b\u2029c\u0085d", @"a\u2028b\u2029c\u0085d")]
    [InlineData("exe.\u202egnp.\u2066x\u200b\ufeff", @"exe.\u202Egnp.\u2066x\u200B\uFEFF")]
    [InlineData("tag \U000E0041", @"tag \uDB40\uDC41")]
    [InlineData("Jos\u00e9 … 15 kWh, 😀 \\u001b", "Jos\u00e9 … 15 kWh, 😀 \\u001b")]
    public void What_steers_a_terminal_is_shown_and_all_else_is_as_it_was(string text, string shown)
    {
        Assert.Equal(shown, TerminalText.Shown(text));
        Assert.Equal($"{shown}\n{shown}|{shown}\n", Written(output =>
        {
            output.WriteLine(text);
            output.Write(text);
            output.Write('|');
            output.Write(text.ToCharArray());
            output.WriteLine();
        }));
    }

    [Fact]
    public async Task No_way_of_writing_leads_around_it()
    {
        StringWriter written = new() { NewLine = "\n" };
        await using TerminalText output = new(written);
        await output.WriteAsync("\u001b");
        await output.WriteLineAsync("\u001b");
        await output.WriteAsync('\u001b');
        await output.WriteAsync("\u001b".ToCharArray(), 0, 1);
        await output.WriteLineAsync("\u001b".AsMemory(), TestContext.Current.CancellationToken);
        output.Write("{0}", "\u001b");
        output.Write(new System.Text.StringBuilder("\u001b"));
        output.Write((object)"\u001b");
        Assert.Equal(8, written.ToString().Split(@"\u001B").Length - 1);
        Assert.DoesNotContain('\u001b', written.ToString());
    }

    [Fact]
    public void Half_of_a_character_is_shown_too() => Assert.Equal(@"a\uD83Db\uDE00", TerminalText.Shown($"a{(char)0xD83D}b{(char)0xDE00}"));

    [Fact]
    public void A_part_of_a_line_stays_in_its_line() =>
        Assert.Equal(@"ok\u000Asite  commissioned", TerminalText.OneLine("ok\nsite  commissioned"));

    [Fact]
    public void The_progress_line_may_go_back_to_its_begin() => Assert.Equal("\rone", Written(output =>
    {
        output.Write('\r');
        output.Write("one");
    }));

    [Fact]
    public void In_json_it_means_the_same_character()
    {
        string json = Written(output => output.Write("{\"name\":\"a\u009b\u202eb\"}"));
        Assert.Equal("a\u009b\u202eb", JsonDocument.Parse(json).RootElement.GetProperty("name").GetString());
    }

    /// <summary>The field's finding: flip-edge status > /dev/full ended with a stack trace.</summary>
    [Fact]
    public async Task What_can_not_be_written_is_told_apart_from_a_fault_of_ours()
    {
        // Never disposed: that would write what is left, and fail once more.
        StreamWriter full = new(new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)) { AutoFlush = true };
        await using TerminalText output = new(full);

        Action[] ways = [() => output.Write('a'), () => output.Write("a"), () => output.WriteLine("a"), () => output.Write("a".ToCharArray())];
        Assert.All(ways, way => Assert.StartsWith("standard output can't be written: No space left on device", Assert.Throws<OutputLostException>(way).Message, StringComparison.Ordinal));
        Assert.StartsWith("standard output", (await Assert.ThrowsAsync<OutputLostException>(() => output.WriteLineAsync("a"))).Message, StringComparison.Ordinal);
    }

    private static string Written(Action<TerminalText> write)
    {
        StringWriter written = new() { NewLine = "\n" };
        using TerminalText output = new(written) { NewLine = "\n" };
        write(output);
        return written.ToString();
    }
}
