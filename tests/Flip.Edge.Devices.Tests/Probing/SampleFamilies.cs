using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Tests.Probing;

/// <summary>Families for plans that ask nobody.</summary>
internal static class SampleFamilies
{
    public static DeviceProfile Family(
        string name, byte[]? units = null, int[]? ports = null, int[]? baud = null, int? order = null, ProfileMap map = ProfileMap.Registers) => new()
        {
            Name = name,
            Version = 1,
            Title = name,
            Brands = [name],
            Map = map,
            ProbeOrder = order,
            Units = new Dictionary<string, IReadOnlyList<byte>> { [DeviceProfile.MainUnit] = units ?? [1] },
            Transport = new() { TcpPorts = ports ?? [], BaudRates = baud ?? [] },
        };

    public static DeviceProfile Quirky(ProfileQuirks quirks) => Family("quirky") with { Quirks = quirks };

    public static ProfileQuirk<T> Quirk<T>(T value) => new(value, new([], Confidence.OneSource));

    public static ModbusTcpEndpoint Tcp(string text) => (ModbusTcpEndpoint)ModbusEndpoint.Parse(text);
}
