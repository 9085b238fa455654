namespace Flip.Edge.Devices.Probing;

/// <summary>A serial port of this machine.</summary>
/// <param name="Path">The name to configure: one that stays the same after a restart where there is one.</param>
/// <param name="Device">The device file that it leads to, for example <c>/dev/ttyUSB0</c>.</param>
/// <param name="IsStable">False for a bare name, which may be another port's after the next start (foxess_modbus#925).</param>
public sealed record SerialPortName(string Path, string Device, bool IsStable);

/// <summary>
/// The serial ports of this machine, each once, by <c>/dev/serial/by-id</c>, else by <c>by-path</c>, else by its bare name. Two adapters of
/// one kind without a serial number share one name by id; then the second is offered by its path.
/// </summary>
public static class SerialPortList
{
    private static readonly string[] Bare = ["ttyUSB", "ttyACM", "ttyAMA", "ttySC", "ttymxc", "ttyO", "ttyXRUSB", "ttyS"];

    /// <summary>Lists them.</summary>
    /// <param name="dev">Where device files are.</param>
    /// <param name="sys">Where the kernel tells of its ports.</param>
    public static IReadOnlyList<SerialPortName> Read(string dev = "/dev", string sys = "/sys/class/tty")
    {
        List<SerialPortName> ports = [];
        foreach (string folder in (string[])["by-id", "by-path"])
        {
            foreach (string link in Entries(Path.Combine(dev, "serial", folder)))
            {
                if (File.ResolveLinkTarget(link, returnFinalTarget: true) is not { Exists: true } target) continue;
                if (ports.All(port => port.Device != target.FullName)) ports.Add(new(link, target.FullName, true));
            }
        }

        ports.AddRange(Entries(dev)
            .Where(file => Bare.Any(beginning => IsNumbered(Path.GetFileName(file), beginning)) && IsReal(file, sys) && ports.All(port => port.Device != file))
            .Select(file => new SerialPortName(file, file, false)));
        return ports;
    }

    private static IEnumerable<string> Entries(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal) : [];

    private static bool IsNumbered(string name, string beginning) =>
        name.Length > beginning.Length && name.StartsWith(beginning, StringComparison.Ordinal) && name[beginning.Length..].All(char.IsAsciiDigit);

    // The kernel makes ttyS0 to ttyS31 whether there is hardware or not; those without it have the type 0.
    private static bool IsReal(string file, string sys)
    {
        string type = Path.Combine(sys, Path.GetFileName(file), "type");
        return !File.Exists(type) || File.ReadAllText(type).Trim() != "0";
    }
}
