using System.Globalization;
using Flip.Edge.Logs;
using Flip.Edge.Tests.Support;
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
        using (ConsoleSink sink = ConsoleSink.ForPerson(_output, _time)) sink.Write(Line(level));

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
        using (ConsoleSink sink = ConsoleSink.ForSystemd(_output)) sink.Write(Line(level));

        Assert.Equal($"<{priority}>Flip.Edge.Some[102] device battery-1 does not answer\n", _output.ToString());
    }

    [Fact]
    public void What_was_thrown_stands_whole_in_the_same_line_with_its_stack()
    {
        using (ConsoleSink sink = ConsoleSink.ForSystemd(_output)) sink.Write(Line(LogLevel.Error, Thrown()));

        string line = Assert.Single(_output.ToString().TrimEnd('\n').Split('\n'));
        Assert.StartsWith("<3>Flip.Edge.Some[102] device battery-1 does not answer System.TimeoutException: no answer within 1 s", line, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_comes_after_the_end_is_written_too()
    {
        ConsoleSink sink = ConsoleSink.ForSystemd(_output);
        sink.Dispose();
        sink.Dispose();

        sink.Write(Line(LogLevel.Warning));

        Assert.Equal("<4>Flip.Edge.Some[102] device battery-1 does not answer\n", _output.ToString());
    }

    [Fact]
    public async Task Lines_that_a_full_disk_did_not_take_are_counted_and_told()
    {
        using (ConsoleSink sink = ConsoleSink.ForSystemd(_output))
        {
            _output.IsFull = true;
            sink.Write(Line(LogLevel.Warning));
            sink.Write(Line(LogLevel.Warning));
            await FaultRig.UntilAsync(() => _output.Refused == 2);
            _output.IsFull = false;

            sink.Write(Line(LogLevel.Warning));
            sink.Write(Line(LogLevel.Warning));
        }

        Assert.Equal(
            """
            <4>Flip.Edge.Some[102] device battery-1 does not answer
            <4>2 lines before this could not be written
            <4>Flip.Edge.Some[102] device battery-1 does not answer

            """,
            _output.ToString());
    }

    /// <summary>A commission stood still and the watchdog starved while nobody read the daemon's standard output.</summary>
    [Fact]
    public async Task A_pipe_that_nobody_reads_holds_nobody_up_and_what_had_no_room_is_told_later()
    {
        using (ConsoleSink sink = ConsoleSink.ForSystemd(_output))
        {
            _output.Gate.Reset();
            sink.Write(Line(LogLevel.Warning));
            await FaultRig.UntilAsync(() => _output.IsHeldUp);

            for (int i = 0; i < ConsoleSink.Room + 5; i++) sink.Write(Line(LogLevel.Warning));

            _output.Gate.Set();
            await FaultRig.UntilAsync(() => _output.Written >= ConsoleSink.Room + 2);
        }

        Assert.Contains("<4>5 lines before this could not be written", _output.ToString(), StringComparison.Ordinal);
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

    /// <summary>An output that can be full, and one that can be held up.</summary>
    private sealed class FullDisk() : StringWriter(CultureInfo.InvariantCulture)
    {
        public ManualResetEventSlim Gate { get; } = new(true);

        public bool IsFull { get; set; }

        public bool IsHeldUp { get; private set; }

        public int Refused { get; private set; }

        public int Written { get; private set; }

        public override void WriteLine(string? value)
        {
            IsHeldUp = !Gate.IsSet;
            Gate.Wait(TestContext.Current.CancellationToken);
            if (IsFull)
            {
                Refused++;
                throw new IOException("No space left on device");
            }

            base.Write(value + "\n");
            Written++;
        }

        protected override void Dispose(bool disposing)
        {
            Gate.Dispose();
            base.Dispose(disposing);
        }
    }
}
