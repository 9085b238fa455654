using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Flip.Edge.SystemTests.Support;

/// <summary>A process whose output is kept, to be waited for and to be shown when a test fails. Disposing kills it.</summary>
internal sealed partial class RunningProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly List<string> _error = [];
    private readonly string _command;

    private RunningProcess(ProcessStartInfo start)
    {
        _command = $"{Path.GetFileName(start.FileName)} {string.Join(' ', start.ArgumentList)}";
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = new Process { StartInfo = Signals.Heard(start) };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_error, line.Data);
    }

    public bool HasExited => _process.HasExited;

    public string Output => Text(_output);

    public string Error => Text(_error);

    public IReadOnlyList<string> OutputLines
    {
        get
        {
            lock (_output) return [.. _output];
        }
    }

    /// <summary>Both outputs, for messages.</summary>
    public string Story => $"--- {_command}{(HasExited ? $" (ended with {_process.ExitCode})" : "")}\n{Output}\n--- its standard error\n{Error}";

    public static RunningProcess Start(ProcessStartInfo start)
    {
        RunningProcess running = new(start);
        running._process.Start();
        running._process.StandardInput.Close();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    public static RunningProcess Start(string program, params IEnumerable<string> arguments) => Start(new ProcessStartInfo(program, arguments));

    /// <summary>Waits for a line on either output, or fails when the process ends without it.</summary>
    public async Task WaitForAsync(string text)
    {
        await Eventually.TrueAsync(() => Says(text) || HasExited, $"\"{text}\" from {_command}", () => Story);
        if (!Says(text)) await ExitedAsync();
        Assert.True(Says(text), $"{_command} ended without \"{text}\".\n{Story}");
    }

    public bool Says(string text) => Output.Contains(text, StringComparison.Ordinal) || Error.Contains(text, StringComparison.Ordinal);

    /// <summary>Waits for the end, and for the last of the output.</summary>
    /// <returns>The exit code; one ended by a signal has 128 and the signal's number.</returns>
    public async Task<int> ExitedAsync(TimeSpan? limit = null)
    {
        await Eventually.TrueAsync(() => HasExited, $"the end of {_command}", () => Story, limit);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Signal(PosixSignalNumber signal)
    {
        if (!HasExited) _ = Kill(_process.Id, (int)signal);
    }

    public async ValueTask DisposeAsync()
    {
        Signal(PosixSignalNumber.Kill);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private static void Keep(List<string> lines, string? line)
    {
        if (line is null) return;
        lock (lines) lines.Add(line);
    }

    private static string Text(List<string> lines)
    {
        lock (lines) return string.Join('\n', lines);
    }
}

/// <summary>Signals by their number on Linux.</summary>
internal enum PosixSignalNumber
{
    HangUp = 1,
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}
