using System.Globalization;
using Flip.Edge.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Logs;

public sealed class ConsoleSinkTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private readonly FullDisk _output = new();

    [Theory]
    [InlineData(LogLevel.Critical, "crit")]
    [InlineData(LogLevel.Error, "fail")]
    [InlineData(LogLevel.Warning, "warn")]
    [InlineData(LogLevel.Information, "info")]
    [InlineData(LogLevel.Debug, "dbug")]
    [InlineData(LogLevel.Trace, "trce")]
    public void A_person_reads_the_time_the_level_who_says_it_and_the_sentence(LogLevel level, string name)
    {
        ConsoleSink.ForPerson(_output, _time).Write(Line(level));

        Assert.Equal($"2026-11-23T08:00:00.000Z {name}: Flip.Edge.Some[102] device battery-1 does not answer\n", _output.ToString());
    }

    [Theory]
    [InlineData(LogLevel.Critical, 2)]
    [InlineData(LogLevel.Error, 3)]
    [InlineData(LogLevel.Warning, 4)]
    [InlineData(LogLevel.Information, 6)]
    [InlineData(LogLevel.Debug, 7)]
    public void Systemd_gets_the_priority_before_the_line(LogLevel level, int priority)
    {
        ConsoleSink.ForSystemd(_output).Write(Line(level));

        Assert.Equal($"<{priority}>Flip.Edge.Some[102] device battery-1 does not answer\n", _output.ToString());
    }

    [Fact]
    public void What_was_thrown_stands_whole_in_the_same_line_with_its_stack()
    {
        ConsoleSink.ForSystemd(_output).Write(Line(LogLevel.Error, Thrown()));

        string line = Assert.Single(_output.ToString().TrimEnd('\n').Split('\n'));
        Assert.StartsWith("<3>Flip.Edge.Some[102] device battery-1 does not answer System.TimeoutException: no answer within 1 s", line, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), line, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_a_full_disk_did_not_take_are_counted_and_told()
    {
        ConsoleSink sink = ConsoleSink.ForSystemd(_output);
        _output.IsFull = true;
        sink.Write(Line(LogLevel.Warning));
        sink.Write(Line(LogLevel.Warning));
        _output.IsFull = false;

        sink.Write(Line(LogLevel.Warning));
        sink.Write(Line(LogLevel.Warning));

        Assert.Equal(
            """
            <4>Flip.Edge.Some[102] device battery-1 does not answer
            <4>2 line(s) before this could not be written
            <4>Flip.Edge.Some[102] device battery-1 does not answer

            """,
            _output.ToString());
    }

    public void Dispose() => _output.Dispose();

    private static TimeoutException Thrown()
    {
        try
        {
            throw new TimeoutException("no answer\nwithin 1 s");
        }
        catch (TimeoutException thrown)
        {
            return thrown;
        }
    }

    private LogLine Line(LogLevel level, Exception? thrown = null) =>
        new(_time.GetTimestamp(), level, "Flip.Edge.Some", 102, "device battery-1 does not answer", [], thrown);

    private sealed class FullDisk() : StringWriter(CultureInfo.InvariantCulture)
    {
        public bool IsFull { get; set; }

        public override void WriteLine(string? value)
        {
            if (IsFull) throw new IOException("No space left on device");
            base.Write(value + "\n");
        }
    }
}
