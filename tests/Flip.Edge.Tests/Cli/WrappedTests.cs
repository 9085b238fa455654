using Flip.Edge.Cli;

namespace Flip.Edge.Tests.Cli;

public sealed class WrappedTests
{
    [Theory]
    [InlineData("short", 2, 20, "short")]
    [InlineData("one two three four", 2, 9, "one two\n  three\n  four")]
    [InlineData("name      one two three", 10, 18, "name      one two\n          three")]
    [InlineData("name      one two three", 10, 17, "name      one two\n          three")]
    [InlineData("a /very/long/path/that/stays b", 2, 12, "a /very/long/path/that/stays\n  b")]
    [InlineData("/very/long/path/that/stays b", 2, 12, "/very/long/path/that/stays\n  b")]
    [InlineData("unbroken-and-longer-than-all", 2, 12, "unbroken-and-longer-than-all")]
    [InlineData("", 2, 12, "")]
    public void A_line_is_broken_at_the_ends_of_words_and_goes_on_under_its_column(string text, int column, int width, string lines) =>
        Assert.Equal(lines, Wrapped.Of(text, column, width));

    [Fact]
    public void No_line_is_wider_than_the_terminal_and_no_word_is_lost()
    {
        string text = string.Join(' ', Enumerable.Range(1, 200).Select(number => new string((char)('a' + (number % 26)), 1 + (number % 9))));
        for (int width = 40; width < 120; width++)
        {
            string[] lines = Wrapped.Of(text, 12, width).Split('\n');
            Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
            Assert.Equal(text, string.Join(' ', lines.Select(line => line.Trim())));
        }
    }
}
