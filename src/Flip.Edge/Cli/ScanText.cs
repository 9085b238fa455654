using Flip.Edge.Devices.Probing;

namespace Flip.Edge.Cli;

/// <summary>What a scan found, for people.</summary>
internal static class ScanText
{
    public static async Task WriteAsync(TextWriter output, BusScan scan, bool isBrokenOff)
    {
        foreach (ScanFinding found in scan.Found) await WriteAsync(output, found);
        if (scan.Found.Count > 0)
        {
            if (isBrokenOff) await output.WriteLineAsync("It was broken off: there may be more.");
            return;
        }

        await output.WriteLineAsync(isBrokenOff ? "Nothing was found before it was broken off." : "Nothing was found.");
        foreach (IGrouping<string, ScanNote> same in scan.Notes.GroupBy(note => note.Came))
        {
            await Wrapped.WriteAsync(output, $"  {LineText.Of(same.Select(note => note.Endpoint))}: {same.Key}", 4);
        }

        if (scan.Notes.Any(note => note.Came.Contains("another process holds", StringComparison.Ordinal)))
        {
            await output.WriteLineAsync("If it is the daemon that holds the port (flip-edge status), stop it while you look: systemctl stop flip-edge.");
        }
    }

    private static async Task WriteAsync(TextWriter output, ScanFinding found)
    {
        await output.WriteLineAsync($"{found.Endpoint}");
        await Wrapped.WriteAsync(output, $"  what      {What(found)}", 12);
        await Wrapped.WriteAsync(output, $"  why       {found.Unit.Why}", 12);
        if (found.Manufacturer is not null || found.Model is not null) await output.WriteLineAsync(TerminalText.OneLine($"  model     {found.Manufacturer} {found.Model}"));
        await output.WriteLineAsync(TerminalText.OneLine($"  serial    {found.SerialNumber ?? "not told"}"));
        foreach (string warning in found.Unit.Warnings) await Wrapped.WriteAsync(output, $"  note      {warning}", 12);
        if (found.Problem is { } problem) await Wrapped.WriteAsync(output, $"  problem   {problem}", 12);
        if (found.Unit.Profile is { } profile && found.Unit.Kind is DeviceKind.Battery or DeviceKind.Inverter or DeviceKind.Unknown)
        {
            await output.WriteLineAsync($"  next      flip-edge probe '{found.Endpoint}' --profile {found.Unit.Profile.Name}");
        }
    }

    private static string What(ScanFinding found) => found.Unit.Profile is { } profile
        ? $"{profile.Title}: {DeviceKinds.Describe(found.Unit.Kind)}"
        : "it answers, but is unknown";
}
