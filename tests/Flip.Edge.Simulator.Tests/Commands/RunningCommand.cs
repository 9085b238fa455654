using System.Threading.Channels;
using Flip.Edge.Simulator.Commands;

namespace Flip.Edge.Simulator.Tests.Commands;

/// <summary>A command of the simulator that runs within the test until it is disposed or ends.</summary>
internal sealed class RunningCommand : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly LineWriter _output = new();
    private readonly LineWriter _error = new();

    public RunningCommand(params string[] args) => Completion = SimulatorCommandLine.RunAsync(args, _output, _error, _end.Token);

    /// <summary>Its exit code, once it has ended.</summary>
    public Task<int> Completion { get; }

    public Task<string> NextOutputAsync() => Next(_output);

    public Task<string> NextErrorAsync() => Next(_error);

    /// <summary>Everything that was written to standard error and not yet read.</summary>
    public string RestOfError()
    {
        var lines = new List<string>();
        while (_error.Lines.Reader.TryRead(out var line)) lines.Add(line);
        return string.Join('\n', lines);
    }

    /// <summary>Ends it as Ctrl-C would.</summary>
    public async Task<int> EndAsync()
    {
        await _end.CancelAsync();
        return await Completion.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _end.Dispose();
        await _output.DisposeAsync();
        await _error.DisposeAsync();
    }

    private static Task<string> Next(LineWriter writer) => writer.Lines.Reader
        .ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

    private sealed class LineWriter : StringWriter
    {
        public Channel<string> Lines { get; } = Channel.CreateUnbounded<string>();

        public override void WriteLine(string? value) => Lines.Writer.TryWrite(value ?? "");

        public override void WriteLine(object? value) => WriteLine(value?.ToString());

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            return Task.CompletedTask;
        }
    }
}
