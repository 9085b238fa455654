using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>Which ports and line settings are tried for an endpoint that leaves them open, the likeliest first.</summary>
public static class ProbeLanes
{
    private const int ModbusPort = 502;

    /// <summary>The endpoint with every port, speed and parity that comes into question; what was given stays as it is.</summary>
    /// <param name="endpoint">Where to look.</param>
    /// <param name="families">The profile that was named, or all.</param>
    /// <param name="isNamed">Whether a profile was named: then its own settings come before the usual ones.</param>
    /// <param name="scope">What may be varied.</param>
    public static IReadOnlyList<ModbusEndpoint> Of(
        ModbusEndpoint endpoint, IReadOnlyList<DeviceProfile> families, bool isNamed, ProbeScope scope) => endpoint switch
        {
            ModbusTcpEndpoint { IsPortGiven: false } tcp => Tcp(tcp, families, isNamed),
            ModbusRtuEndpoint rtu => Rtu(rtu, families, isNamed, scope),
            _ => [endpoint],
        };

    private static IReadOnlyList<ModbusEndpoint> Tcp(ModbusTcpEndpoint endpoint, IReadOnlyList<DeviceProfile> families, bool isNamed)
    {
        int[] usual = isNamed && families.Any(family => family.Transport.TcpPorts.Count + family.Transport.RtuOverTcpPorts.Count > 0) ? [] : [ModbusPort];
        IEnumerable<ModbusEndpoint> ports = ByFrequency(usual, families.Select(family => family.Transport.TcpPorts))
            .Select(port => endpoint with { Port = port });
        IEnumerable<ModbusEndpoint> framed = ByFrequency([], families.Select(family => family.Transport.RtuOverTcpPorts))
            .Select(port => new ModbusRtuOverTcpEndpoint(endpoint.Host, port, endpoint.Unit) { IsUnitGiven = endpoint.IsUnitGiven });
        return [.. ports, .. framed];
    }

    private static IReadOnlyList<ModbusEndpoint> Rtu(
        ModbusRtuEndpoint endpoint, IReadOnlyList<DeviceProfile> families, bool isNamed, ProbeScope scope)
    {
        DeviceProfile[] serial = [.. families.Where(family => family.Transport.BaudRates.Count > 0)];
        int[] usual = isNamed && serial.Length > 0 ? [] : [endpoint.BaudRate];
        IEnumerable<int> speeds = endpoint.IsBaudRateGiven ? [endpoint.BaudRate] : ByFrequency(usual, serial.Select(family => family.Transport.BaudRates));
        (SerialParity Parity, int StopBits)[] frames =
        [
            .. serial.Where(_ => isNamed).Concat(serial)
                .Select(family => (family.Transport.Parity, family.Transport.StopBits))
                .Prepend(isNamed && serial.Length > 0 ? (serial[0].Transport.Parity, serial[0].Transport.StopBits) : (endpoint.Parity, endpoint.StopBits))
                .Select(frame => (endpoint.IsParityGiven ? endpoint.Parity : frame.Item1, endpoint.IsStopBitsGiven ? endpoint.StopBits : frame.Item2))
                .Distinct(),
        ];
        IEnumerable<ModbusEndpoint> all = frames.SelectMany(frame =>
            speeds.Select(speed => endpoint with { BaudRate = speed, Parity = frame.Parity, StopBits = frame.StopBits }));
        return scope.MayChangeLine ? [.. all] : [.. all.Take(1)];
    }

    // The usual ones, then what most families have; among equals the order in which they are told.
    private static IEnumerable<int> ByFrequency(IReadOnlyList<int> usual, IEnumerable<IReadOnlyList<int>> told)
    {
        IReadOnlyList<int>[] lists = [.. told];
        return usual.Concat(lists.SelectMany(list => list).Distinct().OrderByDescending(value => lists.Count(list => list.Contains(value)))).Distinct();
    }
}
