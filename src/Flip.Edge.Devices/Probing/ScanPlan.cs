using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>One connection of a scan.</summary>
/// <param name="Endpoint">Port and line settings; its unit id does not matter.</param>
/// <param name="Units">The unit ids to ask there, in this order.</param>
/// <param name="IsThorough">Whether it belongs to the second, long part.</param>
public sealed record ScanLane(ModbusEndpoint Endpoint, IReadOnlyList<byte> Units, bool IsThorough);

/// <summary>What a person wants to be scanned; null is left to the scan.</summary>
/// <param name="Units">Unit ids.</param>
/// <param name="Ports">TCP ports.</param>
/// <param name="BaudRates">Serial speeds.</param>
/// <param name="Parities">Parities of the serial line.</param>
/// <param name="IsThorough">Whether all unit ids are asked after the likely ones, and all speeds.</param>
public sealed record ScanWishes(
    IReadOnlyList<byte>? Units, IReadOnlyList<int>? Ports, IReadOnlyList<int>? BaudRates, IReadOnlyList<SerialParity>? Parities, bool IsThorough);

/// <summary>What a scan asks, in which order: quick first, then thorough.</summary>
public static class ScanPlan
{
    private const int MostUnit = 247;
    private static readonly int[] LikelyPorts = [502, 1502];
    private static readonly int[] LikelySpeeds = [9600, 19200, 115200];
    private static readonly int[] AllSpeeds = [9600, 19200, 115200, 38400, 57600, 4800, 2400];
    private static readonly byte[] LikelyUnits = [1, 2, 3];

    /// <summary>The ports of hosts.</summary>
    public static IReadOnlyList<ScanLane> Tcp(IReadOnlyList<string> hosts, ScanWishes wishes, IReadOnlyList<DeviceProfile> families)
    {
        IEnumerable<int> ports = wishes.Ports ?? [.. LikelyPorts.Concat(families.SelectMany(family => family.Transport.TcpPorts)).Distinct()];
        int[] framed = wishes.Ports is null ? [.. families.SelectMany(family => family.Transport.RtuOverTcpPorts).Distinct()] : [];
        ModbusEndpoint[] endpoints =
        [
            .. hosts.SelectMany(host => ports.Select(port => (ModbusEndpoint)new ModbusTcpEndpoint(host, port, 1))
                .Concat(framed.Select(port => new ModbusRtuOverTcpEndpoint(host, port, 1)))),
        ];
        return Lanes(endpoints, endpoints, wishes, families);
    }

    /// <summary>The line settings of a serial port.</summary>
    public static IReadOnlyList<ScanLane> Rtu(string port, ScanWishes wishes, IReadOnlyList<DeviceProfile> families)
    {
        IReadOnlyList<DeviceProfile> serial = [.. families.Where(family => family.Transport.BaudRates.Count > 0)];
        ModbusEndpoint[] quick = Lines(port, wishes.BaudRates ?? LikelySpeeds, wishes.Parities ?? [SerialParity.None, SerialParity.Even]);
        ModbusEndpoint[] all = Lines(port, wishes.BaudRates ?? AllSpeeds, wishes.Parities ?? [SerialParity.None, SerialParity.Even, SerialParity.Odd]);
        return Lanes(quick, all, wishes, serial);
    }

    /// <summary>How long it takes at most when nobody answers.</summary>
    /// <param name="lanes">The plan.</param>
    /// <param name="options">Time-outs and gap.</param>
    public static TimeSpan LongestSilence(IReadOnlyList<ScanLane> lanes, ModbusClientOptions options) => lanes.Aggregate(
        TimeSpan.Zero,
        (sum, lane) => sum + (lane.Units.Count * BusScan.Greetings(lane).Count * (options.ResponseTimeout + options.RequestGap)));

    private static List<ScanLane> Lanes(
        IReadOnlyList<ModbusEndpoint> quick, IReadOnlyList<ModbusEndpoint> all, ScanWishes wishes, IReadOnlyList<DeviceProfile> families)
    {
        if (wishes.Units is { } given) return [.. (wishes.IsThorough ? all : quick).Select(lane => new ScanLane(lane, [.. given.Where(unit => IsLegal(unit, lane))], false))];
        List<ScanLane> lanes = [.. quick.Select(lane => new ScanLane(lane, Likely(lane, families), false))];
        if (wishes.IsThorough) lanes.AddRange(all.Select(lane => new ScanLane(lane, Rest(lane, quick.Contains(lane) ? Likely(lane, families) : []), true)));
        return lanes;
    }

    private static byte[] Likely(ModbusEndpoint lane, IReadOnlyList<DeviceProfile> families) =>
        [.. LikelyUnits.Concat(families.SelectMany(UnitPlan.Main)).Distinct().Where(unit => IsLegal(unit, lane))];

    private static byte[] Rest(ModbusEndpoint lane, IReadOnlyList<byte> asked) =>
        [.. Enumerable.Range(0, MostUnit + 1).Select(unit => (byte)unit).Where(unit => IsLegal(unit, lane) && !asked.Contains(unit))];

    // 0 is a broadcast on a serial line.
    private static bool IsLegal(byte unit, ModbusEndpoint lane) => lane is ModbusTcpEndpoint || unit is >= 1 and <= MostUnit;

    private static ModbusEndpoint[] Lines(string port, IReadOnlyList<int> speeds, IReadOnlyList<SerialParity> parities) =>
        [.. parities.SelectMany(parity => speeds.Select(speed => new ModbusRtuEndpoint(port, speed, parity, 1, 1)))];
}
