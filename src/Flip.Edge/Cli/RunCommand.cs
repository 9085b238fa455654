using System.CommandLine;
using System.Runtime.InteropServices;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Local;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flip.Edge.Cli;

/// <summary><c>flip-edge run</c>: the daemon.</summary>
internal static partial class RunCommand
{
    public static Command Create()
    {
        Option<string?> file = ConfigOptions.File();
        Option<string[]> set = ConfigOptions.Set();
        Command command = new("run", "run the daemon") { file, set };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            TextWriter errors = parsed.InvocationConfiguration.Error;
            string? path = parsed.GetValue(file);
            string[] single = parsed.GetValue(set) ?? [];
            EdgeSettings? settings = ConfigOptions.Load(path, single, errors);
            return settings is null
                ? ExitCodes.Usage
                : await RunAsync(settings, () => ConfigurationFiles.Load(path, single, TimeZoneInfo.Local), errors, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(EdgeSettings settings, Func<SettingsResult> reread, TextWriter errors, CancellationToken told)
    {
        // System.CommandLine listens only once this task is returned: a signal that comes before would end the process by itself, with 143.
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(told);
        using PosixSignalRegistration term = EndsBy(PosixSignal.SIGTERM, end), interrupt = EndsBy(PosixSignal.SIGINT, end);
        CancellationToken cancellationToken = end.Token;
        await Task.Yield();
        try
        {
            RestartPace restarts = RestartPace.OfTheService(TimeProvider.System);
            // There is no host yet, and no log.
            ServiceNotices systemd = new(new SystemdNotifier(), TimeProvider.System, NullLogger<ServiceNotices>.Instance);
            if (!await PacedStart.WaitAsync(restarts, systemd, errors, TimeProvider.System, cancellationToken)) return ExitCodes.Done;
            // First, and so disposed last: it sees to it that the rest comes to its end.
            using StopDeadline deadline = new(errors);
            using EdgeDatabase database = EdgeDatabase.Open(settings.Gateway.DatabaseFile, TimeProvider.System, new());
            LocalHosting.PrepareSocket(settings.Local);
            using IHost app = EdgeHost.Build(settings, reread, database, TimeProvider.System);
            deadline.Arm(app.Services.GetRequiredService<StepBoard>(), app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
            await StartAsync(app, cancellationToken);
            LocalHosting.OpenSocketToGroup(settings.Local);
            ILogger log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Flip.Edge");
            using PosixSignalRegistration hangUp = OnHangUp(app.Services, log);
            WrongProfiles.Log(log, settings.Profiles);
            await app.TellReadyAsync(cancellationToken);
            LogReady(log, settings.Gateway.Id, Status.BuildVersion.Whole, settings.Site.Id, settings.Devices.Count, settings.Flip.BaseUrl);
            await app.WaitForShutdownAsync(cancellationToken);
            LogStopped(log);
            if (!app.EndedInOrder()) return ExitCodes.Failed;
            PacedStart.EndInOrder(restarts, errors);
            return ExitCodes.Done;
        }
        catch (StorageException unusable)
        {
            await errors.WriteLineAsync(unusable.Message);
            return ExitCodes.Failed;
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            await errors.WriteLineAsync($"the local endpoint can't be opened (Local:Socket {settings.Local.Socket}, Local:Http {settings.Local.Http?.ToString() ?? "off"}): {taken.Message}");
            return ExitCodes.Failed;
        }
    }

    private static async Task StartAsync(IHost app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            // The workers that run already end with it: that is no fault of theirs, and the log shall not say so.
            app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            throw;
        }
    }

    private static PosixSignalRegistration EndsBy(PosixSignal signal, CancellationTokenSource end) => PosixSignalRegistration.Create(signal, told =>
    {
        told.Cancel = true;
        try
        {
            end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The signal's own thread was late: the daemon has ended already.
        }
    });

    /// <summary>SIGHUP reads the configuration anew, as <c>systemctl reload</c> sends it (dotnet/runtime#99406: no watch on the file).</summary>
    private static PosixSignalRegistration OnHangUp(IServiceProvider services, ILogger log)
    {
        Reload reload = services.GetRequiredService<Reload>();
        StepBoard board = services.GetRequiredService<StepBoard>();
        return PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            // Without this, the signal ends the process.
            signal.Cancel = true;
            try
            {
                using Step step = board.Begin("reload", Progress.Usual);
                reload.Run("SIGHUP");
            }
#pragma warning disable CA1031 // An exception on the signal's thread would end the daemon; what was wrong is in the log.
            catch (Exception failed)
#pragma warning restore CA1031
            {
                LogReloadFailed(log, failed);
            }
        });
    }

    [LoggerMessage(3, LogLevel.Error, "The reload failed; send the signal again")]
    private static partial void LogReloadFailed(ILogger log, Exception exception);

    [LoggerMessage(1, LogLevel.Information, "flip-edge {Version} is ready: gateway {Gateway}, site {Site}, devices: {Devices}, Flip at {BaseUrl}")]
    private static partial void LogReady(ILogger log, string gateway, string version, string site, int devices, Uri baseUrl);

    [LoggerMessage(2, LogLevel.Information, "flip-edge has stopped")]
    private static partial void LogStopped(ILogger log);
}
