using System.Diagnostics;
using Flip.Edge.Simulator.Demo;

namespace Flip.Edge.Flapping;

/// <summary>The published binary as a process of its own, in real time: only the troubles are short.</summary>
internal sealed class NativeDaemon : IDaemonUnderSoak
{
    private readonly DaemonProcess _process;
    private readonly long _began = TimeProvider.System.GetTimestamp();

    private readonly string _logFile;
    private readonly TextWriter _told;

    private NativeDaemon(DaemonProcess process, string logFile, TextWriter told) => (_process, _logFile, _told) = (process, logFile, told);

    // Nobody can collect its garbage from outside: what it holds goes up and down by a megabyte or two.
    public Bounds Bounds { get; } = new(ManagedBytes: 0, ResidentBytes: 2e6, Threads: 3, Handles: 3, Timers: 0);

    public TimeSpan Age => TimeProvider.System.GetElapsedTime(_began);

    /// <exception cref="IOException">It can't be started.</exception>
    public static async Task<NativeDaemon> StartAsync(World world, string binary, TextWriter told, CancellationToken cancellationToken)
    {
        ProcessStartInfo command = new(binary);
        foreach (string argument in (string[])["run", "--config", world.Configuration]) command.ArgumentList.Add(argument);
        string logFile = Path.Combine(world.Folder, "daemon.log");
        DaemonProcess process = DaemonProcess.Start(command, world.Folder, logFile);
        using LocalApi api = new(world.Socket);
        await api.WaitUntilUpAsync(cancellationToken);
        return new(process, logFile, told);
    }

    public Task PassAsync(TimeSpan span, CancellationToken cancellationToken) => Task.Delay(span, TimeProvider.System, cancellationToken);

    public Count Count() => Flapping.Count.Of(_process.Id, Age, null, null);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _told.WriteAsync(await File.ReadAllTextAsync(_logFile));
    }
}
