using System.Diagnostics;
using Flip.Edge.Simulator.Commands;

namespace Flip.Edge.Simulator.Tests.Commands;

public sealed class ButtonCommandTests : IDisposable
{
    private const int RecordSize = 24;
    private readonly string _directory = Directory.CreateTempSubdirectory("fe-").FullName;
    private readonly StringWriter _error = new();

    private string Fifo => Path.Combine(_directory, "button");

    [Fact]
    public async Task A_press_is_a_key_down_and_a_key_up_each_with_its_report()
    {
        Assert.Equal(["1:148=1", "0:0=0", "1:148=0", "0:0=0"], await PressAsync());
    }

    [Fact]
    public async Task Bounces_come_at_both_ends_and_end_as_the_contact_is()
    {
        var keys = (await PressAsync("--bounce", "2", "--key", "28")).Where(record => record.StartsWith("1:28=", StringComparison.Ordinal)).Select(record => record[^1]);

        Assert.Equal("1010101010", string.Concat(keys));
    }

    [Fact]
    public async Task Without_a_reader_it_says_so_and_does_not_wait()
    {
        MakeFifo();

        Assert.Equal(SimulatorCommandLine.Failed, await RunAsync());
        Assert.Contains($"nobody reads {Fifo}", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ordinary_file_is_left_alone()
    {
        await File.WriteAllTextAsync(Fifo, "mine", TestContext.Current.CancellationToken);

        Assert.Equal(SimulatorCommandLine.Failed, await RunAsync());
        Assert.Equal("mine", await File.ReadAllTextAsync(Fifo, TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        _error.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private Task<int> RunAsync(params string[] options) =>
        SimulatorCommandLine.RunAsync(["button", Fifo, .. options], TextWriter.Null, _error, TestContext.Current.CancellationToken);

    /// <returns>What was written: type, code and value of each record.</returns>
    private async Task<string[]> PressAsync(params string[] options)
    {
        MakeFifo();
        // Open for both, so that opening does not wait for the writer.
        using var reader = new FileStream(Fifo, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        Assert.Equal(SimulatorCommandLine.Done, await RunAsync(options));
        var bytes = new byte[4096];
        var count = await reader.ReadAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(0, count % RecordSize);
        return [.. bytes.AsSpan(0, count).ToArray().Chunk(RecordSize).Select(record =>
            FormattableString.Invariant($"{BitConverter.ToUInt16(record, 16)}:{BitConverter.ToUInt16(record, 18)}={BitConverter.ToInt32(record, 20)}"))];
    }

    private void MakeFifo()
    {
        using var process = Process.Start("mkfifo", [Fifo]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
