using System.Globalization;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles.Telling;

/// <summary>A transport in words.</summary>
public static class TransportText
{
    /// <summary>One part for each way in which the family is reached.</summary>
    public static IReadOnlyList<string> Of(ProfileTransport transport)
    {
        List<string> ways = [];
        if (transport.TcpPorts.Count > 0) ways.Add($"TCP port {Numbers(transport.TcpPorts)}");
        if (transport.RtuOverTcpPorts.Count > 0) ways.Add($"RTU over TCP port {Numbers(transport.RtuOverTcpPorts)}");
        if (transport.BaudRates.Count > 0)
        {
            string parity = transport.Parity == SerialParity.None ? "N" : transport.Parity == SerialParity.Even ? "E" : "O";
            ways.Add(string.Create(CultureInfo.InvariantCulture, $"RS-485 at {Numbers(transport.BaudRates)} baud 8{parity}{transport.StopBits}"));
        }

        return ways;
    }

    private static string Numbers(IReadOnlyList<int> numbers) => string.Join(" or ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
