using System.CommandLine;
using System.Globalization;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Cli;

/// <summary>Carries out a scan and writes what came of it, also of one that is broken off by Ctrl-C.</summary>
internal static class ScanRun
{
    public static IReadOnlyList<DeviceProfile> Families(ProfileCatalog catalog) => [.. catalog.Names.Select(catalog.Find).OfType<DeviceProfile>()];

    /// <returns>0 when anything was found, also when it was broken off; 3 when nothing was; 130 when it was broken off with nothing found.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<ScanLane> lanes, ProfileCatalog catalog, ScanGiven given, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        // System.CommandLine listens for Ctrl-C only once a command has given way for the first time.
        await Task.Yield();
        ProgressLines progress = new(console.Error, given.IsVerbose);
        TimeSpan longest = ScanPlan.LongestSilence(lanes, given.Modbus.OptionsFor(null));
        string looked = lanes.Count == 1 ? "1 connection is looked at" : string.Create(CultureInfo.InvariantCulture, $"{lanes.Count} connections are looked at");
        progress.Report($"{looked}; if nobody answers, it takes {Longest(longest)} at most. Ctrl-C ends it and keeps what was found.");

        BusScan scan = new(catalog, (endpoint, options) => ModbusClient.Create(endpoint, options, TimeProvider.System), TimeProvider.System);
        bool isBrokenOff = false;
        try
        {
            await scan.RunAsync(lanes, given.Modbus, progress, progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            isBrokenOff = true;
        }

        progress.Clear();
        if (given.IsJson) await console.Output.WriteLineAsync(ScanJson.Write(scan, isBrokenOff));
        else await ScanText.WriteAsync(console.Output, scan, isBrokenOff);
        return scan.Found.Count > 0 ? ExitCodes.Done : isBrokenOff ? ExitCodes.Interrupted : ExitCodes.DeviceNotReadable;
    }

    private static string Longest(TimeSpan time) => time.TotalSeconds < 100
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Ceiling(time.TotalSeconds))} s")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMinutes)} min");
}
