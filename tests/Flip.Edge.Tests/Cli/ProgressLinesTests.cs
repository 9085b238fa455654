using Flip.Edge.Cli;
using Flip.Edge.Devices.Probing;

namespace Flip.Edge.Tests.Cli;

public sealed class ProgressLinesTests : IDisposable
{
    private static readonly ProbeStep First = new("tcp://h:502 unit 1", "is anyone there", "no reply within 1 s"), Second = new("h unit 2", "SunSpec", "no");

    private readonly StringWriter _errors = new() { NewLine = "\n" };

    [Fact]
    public void On_a_terminal_the_last_question_is_one_line_that_the_next_overwrites_and_news_take_its_place()
    {
        ProgressLines progress = new(_errors, isVerbose: false, width: 40);
        progress.Report(First);
        progress.Report(Second);
        progress.Report("found");
        progress.Report(Second);
        progress.Clear();

        string cut = "tcp://h:502 unit 1, is anyone there: n…";
        Assert.Equal($"\r{cut}\r{Second.ToString().PadRight(cut.Length)}\r{Blank(Second)}\rfound\n\r{Second}\r{Blank(Second)}\r", _errors.ToString());
    }

    [Fact]
    public void Without_a_terminal_only_news_are_told()
    {
        ProgressLines progress = new(_errors, isVerbose: false, width: null);
        progress.Report(First);
        progress.Report("found");
        progress.Clear();

        Assert.Equal("found\n", _errors.ToString());
    }

    [Fact]
    public void Verbose_tells_every_question_in_a_line_of_its_own()
    {
        ProgressLines progress = new(_errors, isVerbose: true, width: 40);
        progress.Report(First);
        progress.Report(Second);
        progress.Clear();

        Assert.Equal($"{First}\n{Second}\n", _errors.ToString());
    }

    public void Dispose() => _errors.Dispose();

    private static string Blank(ProbeStep step) => new(' ', step.ToString().Length);
}
