using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Cli;

/// <summary>What a person typed behind <c>scan tcp</c> and <c>scan rtu</c>: a name, an address, a device file, or a whole endpoint.</summary>
internal static class ScanTargets
{
    /// <summary>The plan for hosts, each as <c>HOST</c>, <c>HOST:PORT</c> or as an endpoint; what an endpoint gives is kept.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Tcp(IReadOnlyList<string> hosts, ScanWishes wishes, IReadOnlyList<DeviceProfile> families, out IReadOnlyList<ScanLane> lanes)
    {
        List<ScanLane> all = [];
        lanes = all;
        foreach (string host in hosts)
        {
            if (IsNetwork(host)) return $"\"{host}\" is a network, and networks are not scanned: name the inverter's address, which the router's list of devices has, or the inverter's display or app";
            bool isWhole = host.Contains("://", StringComparison.Ordinal);
            if (!ModbusEndpoint.TryParse(isWhole ? host : $"tcp://{InUri(host)}", out ModbusEndpoint? endpoint, out string? error))
            {
                return isWhole ? error : $"\"{host}\" is no host name and no address; expected HOST or HOST:PORT, as in 192.168.1.50 or inverter.lan:1502";
            }

            if (endpoint is ModbusRtuEndpoint) return $"\"{host}\" is a serial line; did you mean flip-edge scan rtu {host}?";
            all.AddRange(Tcp(endpoint, wishes, families));
        }

        // Quick first, on all hosts.
        lanes = [.. all.OrderBy(lane => lane.IsThorough)];
        return null;
    }

    /// <summary>The plan for a serial port, given by its device file or as an endpoint. Options win over what an endpoint gives.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Rtu(string port, ScanWishes wishes, IReadOnlyList<DeviceProfile> families, out IReadOnlyList<ScanLane> lanes)
    {
        lanes = [];
        string path = port;
        if (port.Contains("://", StringComparison.Ordinal))
        {
            if (!ModbusEndpoint.TryParse(port, out ModbusEndpoint? endpoint, out string? error)) return error;
            if (endpoint is not ModbusRtuEndpoint rtu) return $"\"{port}\" is no serial line; did you mean flip-edge scan tcp {port}?";
            path = rtu.Port;
            wishes = wishes with
            {
                Units = wishes.Units ?? (rtu.IsUnitGiven ? [rtu.Unit] : null),
                BaudRates = wishes.BaudRates ?? (rtu.IsBaudRateGiven ? [rtu.BaudRate] : null),
                Parities = wishes.Parities ?? (rtu.IsParityGiven ? [rtu.Parity] : null),
            };
        }
        else if (!port.Contains('/', StringComparison.Ordinal) && File.Exists($"/dev/{port}"))
        {
            path = $"/dev/{port}";
        }

        lanes = ScanPlan.Rtu(path, wishes, families);
        return null;
    }

    private static IEnumerable<ScanLane> Tcp(ModbusEndpoint endpoint, ScanWishes wishes, IReadOnlyList<DeviceProfile> families)
    {
        ScanWishes kept = wishes with { Units = wishes.Units ?? (endpoint.IsUnitGiven ? [endpoint.Unit] : null) };
        return endpoint switch
        {
            ModbusTcpEndpoint { IsPortGiven: true } tcp => ScanPlan.Tcp([tcp.Host], kept with { Ports = [tcp.Port] }, families),
            ModbusTcpEndpoint tcp => ScanPlan.Tcp([tcp.Host], kept, families),
            ModbusRtuOverTcpEndpoint framed => ScanPlan.Tcp([framed.Host], kept with { Ports = [framed.Port] }, families)
                .Select(lane => lane with { Endpoint = framed, Units = [.. lane.Units.Where(unit => unit is >= 1 and <= 247)] }),
            _ => [],
        };
    }

    // 192.168.1.0/24, fd00::/64.
    private static bool IsNetwork(string host) =>
        host.Split('/') is [var address, var length] && System.Net.IPAddress.TryParse(address, out _) && length.Length > 0 && length.All(char.IsAsciiDigit);

    // Two colons and no brackets are an address of version 6, never a port.
    private static string InUri(string host) => !host.StartsWith('[') && host.AsSpan().Count(':') > 1 ? $"[{host}]" : host;
}
