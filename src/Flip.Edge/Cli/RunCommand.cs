using System.CommandLine;
using Flip.Edge.Configuration;
using Flip.Edge.Local;
using Flip.Edge.Storage;

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
            EdgeSettings? settings = ConfigOptions.Load(parsed.GetValue(file), parsed.GetValue(set) ?? [], errors);
            return settings is null ? ExitCodes.Usage : await RunAsync(settings, errors, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(EdgeSettings settings, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            using EdgeDatabase database = EdgeDatabase.Open(settings.Gateway.DatabaseFile, TimeProvider.System, new());
            LocalHosting.PrepareSocket(settings.Local);
            await using WebApplication app = EdgeHost.Build(settings, database, TimeProvider.System);
            await app.StartAsync(cancellationToken);
            LocalHosting.OpenSocketToGroup(settings.Local);
            ILogger log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Flip.Edge");
            LogReady(log, settings.Gateway.Id, Status.StatusView.Version, settings.Site.Id, settings.Devices.Count, settings.Flip.BaseUrl);
            await app.WaitForShutdownAsync(cancellationToken);
            LogStopped(log);
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

    [LoggerMessage(1, LogLevel.Information, "flip-edge {Version} is ready: gateway {Gateway}, site {Site}, {Devices} device(s), Flip at {BaseUrl}")]
    private static partial void LogReady(ILogger log, string gateway, string version, string site, int devices, Uri baseUrl);

    [LoggerMessage(2, LogLevel.Information, "flip-edge has stopped")]
    private static partial void LogStopped(ILogger log);
}
