using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>How the family is reached: ports, line settings, unit ids, and how Modbus is switched on.</summary>
internal static class TransportSection
{
    private const int MostUnit = 255;

    public static ProfileTransport Read(ProfileObject root)
    {
        ProfileNode? node = root.Required("transport", "how it is reached: { \"tcp\": { \"ports\": [502] }, \"rtu\": { \"baud\": [9600] } }");
        if (node is null) return new();
        ProfileObject section = new(node, root.Mistakes);
        ProfileObject? rtu = section.Object("rtu");
        ProfileTransport transport = new()
        {
            TcpPorts = Ports(section, "tcp"),
            RtuOverTcpPorts = Ports(section, "rtu_over_tcp"),
            BaudRates = rtu?.Required("baud", "the line's speeds, the likeliest first: [9600]")?.AsWholes(root.Mistakes, 1200, 1_000_000) ?? [],
            Parity = rtu?.Choice("parity", Vocabulary.Parities) ?? SerialParity.None,
            StopBits = rtu?.Whole("stop", 1, 2) ?? 1,
            Enable = section.Text("enable"),
        };
        rtu?.Close();
        if (!section.Has("tcp") && !section.Has("rtu_over_tcp") && !section.Has("rtu"))
        {
            root.Mistakes.Add(node, "has none of tcp, rtu_over_tcp and rtu, and a family with Modbus has at least one");
        }

        section.Close();
        return transport;
    }

    /// <summary>Unit ids by role. A SunSpec family that does not tell them has the usual one.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<byte>> ReadUnits(ProfileObject root, ProfileMap map)
    {
        Dictionary<string, IReadOnlyList<byte>> units = [];
        ProfileNode? node = map == ProfileMap.SunSpec ? root.Find("units") : root.Required("units", "the device's unit ids, the likeliest first: { \"main\": [1] }");
        if (node is null) return new Dictionary<string, IReadOnlyList<byte>> { [DeviceProfile.MainUnit] = [1] };
        ProfileObject section = new(node, root.Mistakes);
        foreach (ProfileNode member in section.Members())
        {
            if (!NodeValues.IsName(member.Name, '_')) root.Mistakes.Add(member, "is no role: small letters, digits and _, beginning with a letter");
            units[member.Name] = [.. (member.AsWholes(root.Mistakes, 0, MostUnit) ?? []).Select(unit => (byte)unit)];
        }

        if (!units.ContainsKey(DeviceProfile.MainUnit)) section.Fail(DeviceProfile.MainUnit, "is missing: the unit ids of the device itself");
        return units;
    }

    private static IReadOnlyList<int> Ports(ProfileObject section, string name)
    {
        if (section.Object(name) is not { } transport) return [];
        IReadOnlyList<int> ports = transport.Required("ports", "the TCP ports, the likeliest first: [502]")?.AsWholes(section.Mistakes, 1, 65535) ?? [];
        transport.Close();
        return ports;
    }
}
