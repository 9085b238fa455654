using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Flip.Edge.Modbus;

internal static class ModbusEndpointParser
{
    private const string Expected =
        "expected tcp://HOST[:502][?unit=1], rtu:///dev/serial/by-id/X?baud=9600&parity=none&stop=1&unit=1 or rtu+tcp://HOST:PORT?unit=1";

    public static bool TryParse(string text, [NotNullWhen(true)] out ModbusEndpoint? endpoint, [NotNullWhen(false)] out string? error)
    {
        endpoint = null;
        if (ModbusEndpointGuess.Of(text) is { } meant)
        {
            error = $"\"{text}\" is not an endpoint: did you mean {meant}? {Expected}";
            return false;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri))
        {
            string port = ModbusEndpointGuess.WrongPort(text) is { } wrongPort ? $"the port is \"{wrongPort}\" and must be a whole number from 1 to 65535; " : "";
            error = $"\"{text}\" is not an endpoint: {port}{Expected}";
            return false;
        }

        Query query = new(uri.Query);
        endpoint = uri.Scheme switch
        {
            "tcp" => Tcp(uri, query),
            "rtu+tcp" => RtuOverTcp(uri, query),
            "rtu" => Rtu(uri, query),
            _ => query.Fail<ModbusEndpoint>($"the scheme \"{uri.Scheme}\" is unknown"),
        };
        string? wrong = query.Error ?? query.Unused();
        error = wrong is null ? null : $"\"{text}\" is not an endpoint: {wrong}; {Expected}";
        if (error is not null) endpoint = null;
        return endpoint is not null;
    }

    private static ModbusTcpEndpoint? Tcp(Uri uri, Query query)
    {
        if (!Socket(uri, query)) return null;
        bool hasUnit = query.Has("unit"), hasPort = !uri.IsDefaultPort && uri.Port >= 0;
        return new(uri.DnsSafeHost, hasPort ? uri.Port : 502, query.Unit(0, 255)) { IsUnitGiven = hasUnit, IsPortGiven = hasPort };
    }

    private static ModbusRtuOverTcpEndpoint? RtuOverTcp(Uri uri, Query query)
    {
        if (!Socket(uri, query)) return null;
        if (uri.Port <= 0) return query.Fail<ModbusRtuOverTcpEndpoint>("the port is missing");
        bool hasUnit = query.Has("unit");
        return new(uri.DnsSafeHost, uri.Port, query.Unit(1, 247)) { IsUnitGiven = hasUnit };
    }

    private static ModbusRtuEndpoint? Rtu(Uri uri, Query query)
    {
        if (uri.Host.Length > 0) return query.Fail<ModbusRtuEndpoint>("a serial port needs three slashes, as in rtu:///dev/ttyUSB0");
        string port = Uri.UnescapeDataString(uri.AbsolutePath);
        if (port.Length < 2) return query.Fail<ModbusRtuEndpoint>("the serial port's path is missing");
        (bool hasBaud, bool hasParity, bool hasStop, bool hasUnit) = (query.Has("baud"), query.Has("parity"), query.Has("stop"), query.Has("unit"));
        int baud = query.Number("baud", 9600, 300, 4_000_000);
        SerialParity parity = query.Parity();
        int stop = query.Number("stop", 1, 1, 2);
        return new(port, baud, parity, stop, query.Unit(1, 247))
        {
            IsUnitGiven = hasUnit,
            IsBaudRateGiven = hasBaud,
            IsParityGiven = hasParity,
            IsStopBitsGiven = hasStop,
        };
    }

    private static bool Socket(Uri uri, Query query)
    {
        if (uri.Host.Length == 0) query.Fail<ModbusEndpoint>("the host is missing");
        else if (uri.AbsolutePath.Length > 1) query.Fail<ModbusEndpoint>($"there is no place for the path \"{uri.AbsolutePath}\"");
        else if (uri.UserInfo.Length > 0) query.Fail<ModbusEndpoint>("there is no place for a user name");
        return query.Error is null;
    }

    private sealed class Query
    {
        private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

        public Query(string query)
        {
            foreach (string pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                int equals = pair.IndexOf('=', StringComparison.Ordinal);
                string key = equals < 0 ? pair : pair[..equals];
                if (!_values.TryAdd(key, equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]))) Fail<string>($"\"{key}\" stands twice");
            }
        }

        public string? Error { get; private set; }

        public T? Fail<T>(string error)
            where T : class
        {
            Error ??= error;
            return null;
        }

        public bool Has(string key) => _values.ContainsKey(key);

        public byte Unit(int least, int most) => (byte)Number("unit", 1, least, most);

        public int Number(string key, int otherwise, int least, int most)
        {
            if (!_values.Remove(key, out string? text)) return otherwise;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most) return value;
            Fail<string>($"{key} is \"{text}\" and must be a whole number from {least} to {most}");
            return otherwise;
        }

        public SerialParity Parity()
        {
            if (!_values.Remove("parity", out string? text)) return SerialParity.None;
            switch (text)
            {
                case "none": return SerialParity.None;
                case "even": return SerialParity.Even;
                case "odd": return SerialParity.Odd;
                default:
                    Fail<string>($"parity is \"{text}\" and must be none, even or odd");
                    return SerialParity.None;
            }
        }

        public string? Unused() => _values.Count == 0 ? null : $"\"{_values.Keys.First()}\" is unknown here";
    }
}
