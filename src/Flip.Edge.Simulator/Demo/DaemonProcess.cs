using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Flip.Edge.Simulator.Demo;

/// <summary>The daemon as a child process, its output in a file. Disposing ends it: SIGTERM first, and SIGKILL for one that won't.</summary>
internal sealed partial class DaemonProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly string _logFile;
    private readonly TextWriter _log;

    private DaemonProcess(Process process, string logFile)
    {
        (_process, _logFile) = (process, logFile);
        _log = TextWriter.Synchronized(new StreamWriter(logFile) { AutoFlush = true });
        _process.OutputDataReceived += (_, line) => Log(line.Data);
        _process.ErrorDataReceived += (_, line) => Log(line.Data);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Of a process that has ended; one ended by a signal has 128 and the signal's number.</summary>
    public int ExitCode => _process.ExitCode;

    /// <exception cref="IOException">It cannot be started.</exception>
    public static DaemonProcess Start(ProcessStartInfo command, string workingDirectory, string logFile)
    {
        command.WorkingDirectory = workingDirectory;
        command.RedirectStandardInput = command.RedirectStandardOutput = command.RedirectStandardError = true;
        var daemon = new DaemonProcess(new Process { StartInfo = command }, logFile);
        try
        {
            daemon._process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new IOException($"{command.FileName} cannot be started: {exception.Message}", exception);
        }

        daemon._process.StandardInput.Close();
        daemon._process.BeginOutputReadLine();
        daemon._process.BeginErrorReadLine();
        return daemon;
    }

    public Task WaitAsync(CancellationToken ct) => _process.WaitForExitAsync(ct);

    /// <summary>Ends it as a power cut would: SIGKILL. It returns before the process is gone.</summary>
    public void Kill() => _process.Kill();

    /// <summary>The last lines of its log.</summary>
    public string[] LogTail(int lines) => File.Exists(_logFile) ? [.. File.ReadLines(_logFile).TakeLast(lines)] : [];

    /// <summary>Asks it to end, as systemd does, and waits.</summary>
    /// <returns>False when it had to be killed.</returns>
    public async Task<bool> StopAsync()
    {
        if (!_process.HasExited) _ = Kill(_process.Id, SigTerm);
        using var deadline = new CancellationTokenSource(TimeToEnd, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _process.Dispose();
        await _log.DisposeAsync().ConfigureAwait(false);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private void Log(string? line)
    {
        if (line is not null) _log.WriteLine(line);
    }
}
