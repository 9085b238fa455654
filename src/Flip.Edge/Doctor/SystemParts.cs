using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Flip.Edge.Commissioning;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Status;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Doctor;

/// <summary>The machine: versions, clock, disk, service, network, serial ports.</summary>
internal static partial class SystemParts
{
    private const string Unit = "flip-edge.service", UnitProperties =
        "--property=ActiveState,SubState,Result,ExecMainStatus,NRestarts,MainPID,ActiveEnterTimestamp,MemoryCurrent,CPUUsageNSec,TasksCurrent,FragmentPath,"
        + "DropInPaths,UnitFileState,WatchdogUSec,StatusText";

    /// <param name="directories">Those of the configuration and of the data.</param>
    /// <param name="time">The clock.</param>
    public static IEnumerable<DoctorPart> All(IReadOnlyList<string> directories, TimeProvider time) =>
    [
        DoctorPart.Text("versions.txt", "versions of software and system", _ => Task.FromResult(Versions())) with { IsOwnText = true },
        DoctorPart.Text("clock.txt", "the clock", async end => Clock(time) + await Tool.RunAsync("timedatectl", ["show"], end)) with { IsOwnText = true },
        DoctorPart.Text("disk.txt", "free space and files", end => DiskAsync(directories, end)),
        DoctorPart.Text("service.txt", "the service, as systemd has it", end => Tool.RunAsync("systemctl", ["show", Unit, "--no-pager", UnitProperties], end)),
        DoctorPart.Text("journal.txt", "the service's last warnings and errors in the journal", end => Tool.RunAsync(
            "journalctl", ["--unit", Unit, "--priority", "warning", "--lines", "300", "--output", "short-iso", "--no-pager"], end)),
        DoctorPart.Text("network.txt", "network interfaces, routes and name servers", NetworkAsync) with { IsOwnText = true },
        DoctorPart.Text("serial.txt", "serial ports", _ => Task.FromResult(Serial())) with { IsOwnText = true },
    ];

    private static string Versions()
    {
        StringBuilder text = new();
        Line(text, "flip-edge", BuildVersion.Version);
        Line(text, "commit", BuildVersion.Commit);
        Line(text, "built", ClockTrust.BuildDate().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Line(text, "runtime", $"{RuntimeInformation.FrameworkDescription} {RuntimeInformation.RuntimeIdentifier}");
        Line(text, "sqlite", new SqliteConnection().ServerVersion);
        Line(text, "glibc", Marshal.PtrToStringUTF8(GlibcVersion()));
        Line(text, "kernel", FileText("/proc/sys/kernel/osrelease")?.TrimEnd());
        Line(text, "cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        Line(text, "machine", FileText("/proc/device-tree/model")?.TrimEnd('\0', '\n'));
        Line(text, "uptime, seconds", FileText("/proc/uptime")?.Split(' ')[0]);
        Line(text, "memory", FileText("/proc/meminfo")?.Split('\n')[0]);
        text.Append('\n').Append(FileText("/etc/os-release"));
        return text.ToString();
    }

    private static string Clock(TimeProvider time)
    {
        StringBuilder text = new();
        DateTimeOffset now = time.GetUtcNow(), built = ClockTrust.BuildDate();
        Line(text, "now", now.ToString("O", CultureInfo.InvariantCulture));
        Line(text, "zone", TimeZoneInfo.Local.Id);
        Line(text, "not before the build", now >= built ? "yes" : "no");
        Line(text, "synchronized", ClockSynchronization.OfThisMachine(time).Look() switch { true => "yes", false => "no", null => "nobody can tell" });
        return text.Append('\n').ToString();
    }

    private static async Task<string> DiskAsync(IReadOnlyList<string> directories, CancellationToken cancellationToken)
    {
        StringBuilder text = new(await Tool.RunAsync("df", ["-kP", .. directories.Where(Directory.Exists)], cancellationToken));
        foreach (string directory in directories) text.Append('\n').Append(await Tool.RunAsync("ls", ["-lan", "--time-style=full-iso", directory], cancellationToken));
        return text.ToString();
    }

    private static async Task<string> NetworkAsync(CancellationToken cancellationToken)
    {
        string addresses = await Tool.RunAsync("ip", ["-brief", "address"], cancellationToken), routes = await Tool.RunAsync("ip", ["route"], cancellationToken);
        IEnumerable<string> servers = (FileText("/etc/resolv.conf") ?? "").Split('\n').Where(line => line.StartsWith("nameserver", StringComparison.Ordinal));
        return $"{addresses}\n{routes}\n{string.Join('\n', servers)}\n";
    }

    private static string Serial()
    {
        IReadOnlyList<SerialPortName> ports = SerialPortList.Read();
        return ports.Count == 0 ? "none\n" : string.Concat(ports.Select(port => $"{port.Path} -> {port.Device}\n"));
    }

    private static void Line(StringBuilder text, string name, string? value) => text.Append(CultureInfo.InvariantCulture, $"{name}: {value ?? "not known"}\n");

    private static string? FileText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Not every machine has it; the line says that it is not known.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "gnu_get_libc_version")]
    private static partial nint GlibcVersion();
}
