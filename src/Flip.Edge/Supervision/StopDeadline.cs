using System.Runtime.InteropServices;

namespace Flip.Edge.Supervision;

/// <summary>
/// Ends the process when its orderly end takes too long: a write that is stuck in the kernel holds up the closing of the database. Nothing
/// is lost by it, for the outbox is whole at any moment.
/// </summary>
/// <param name="errors">Standard error: the log may be closed by then.</param>
internal sealed partial class StopDeadline(TextWriter errors) : IDisposable
{
    // The host gives its workers 4 s, and whoever stops us 5.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4.7);

    private static readonly TimeSpan Told = TimeSpan.FromSeconds(0.2);

    private readonly ManualResetEventSlim _isOver = new();

    /// <summary>Counts from the beginning of the stop.</summary>
    /// <param name="board">What is said to be under way then.</param>
    /// <param name="stopping">When that is.</param>
    public void Arm(StepBoard board, CancellationToken stopping) =>
        stopping.Register(() => new Thread(() => Run(board)) { IsBackground = true, Name = "stop" }.Start());

    /// <summary>The end is in order. Dispose it last.</summary>
    public void Dispose() => _isOver.Set();

    private void Run(StepBoard board)
    {
        if (_isOver.Wait(Limit)) return;
        string told = $"flip-edge does not come to its end within {Limit.TotalSeconds} s, and is ended; nothing that was accepted is lost. It was at: {string.Join("; ", board.Innermost())}";
        // By another thread: where standard error is a pipe that nobody reads, this would hold up the end as well.
        Thread teller = new(() => errors.WriteLine(told)) { IsBackground = true, Name = "stop told" };
        teller.Start();
        teller.Join(Told);
        // Without the exit handlers, which could wait for the same thing.
        Exit(Cli.ExitCodes.Failed);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int status);
}
