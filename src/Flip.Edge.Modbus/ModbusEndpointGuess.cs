using System.Globalization;

namespace Flip.Edge.Modbus;

/// <summary>What somebody meant who typed an address or a device file without what belongs before it.</summary>
internal static class ModbusEndpointGuess
{
    private static readonly string[] SerialNames = ["tty", "serial/", "pts/", "dev/"];

    /// <summary>The endpoint that was meant, or null where nothing is near.</summary>
    public static string? Of(string text)
    {
        if (text.Length == 0 || text.Contains("://", StringComparison.Ordinal) || text.Any(char.IsWhiteSpace)) return null;
        if (text.StartsWith("/dev/", StringComparison.Ordinal)) return $"rtu://{text}";
        if (SerialNames.Any(name => text.StartsWith(name, StringComparison.Ordinal))) return $"rtu:///dev/{(text.StartsWith("dev/", StringComparison.Ordinal) ? text[4..] : text)}";
        int query = text.IndexOf('?', StringComparison.Ordinal);
        string address = query < 0 ? text : text[..query], rest = query < 0 ? "" : text[query..];
        if (System.Net.IPAddress.TryParse(address, out System.Net.IPAddress? ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            return $"tcp://[{address.Trim('[', ']')}]{rest}";
        }

        int colon = address.LastIndexOf(':');
        string host = colon < 0 ? address : address[..colon];
        bool isPort = colon < 0 || IsPort(address[(colon + 1)..]);
        return isPort && Uri.CheckHostName(host) != UriHostNameType.Unknown ? $"tcp://{text}" : null;
    }

    /// <summary>What stands in the place of the port and can't be one, or null.</summary>
    public static string? WrongPort(string text)
    {
        int host = text.IndexOf("://", StringComparison.Ordinal);
        if (host < 0) return null;
        string rest = text[(host + 3)..];
        int end = rest.AsSpan().IndexOfAny('/', '?');
        string authority = end < 0 ? rest : rest[..end];
        int colon = authority.LastIndexOf(':');
        return colon > 0 && authority.IndexOf(']', StringComparison.Ordinal) < colon && !IsPort(authority[(colon + 1)..]) ? authority[(colon + 1)..] : null;
    }

    private static bool IsPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= 1 and <= 65535;
}
