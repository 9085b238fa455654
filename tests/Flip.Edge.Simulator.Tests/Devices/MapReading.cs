using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Simulator.Tests.Devices;

/// <summary>Reads maps by hand, so that no encoder of the simulator checks itself.</summary>
internal static class MapReading
{
    public static DeviceRegisters Map(string image) => DeviceImages.Find(image)!.CreateMap();

    /// <summary>Models as (ID, address) in order, walked by declared lengths until 0xFFFF or until the registers stop.</summary>
    public static List<(ushort Id, ushort Address)> Walk(DeviceRegisters map, ushort baseAddress)
    {
        var exists = map.Addresses.ToHashSet();
        var found = new List<(ushort, ushort)>();
        for (var at = (ushort)(baseAddress + 2); exists.Contains(at) && map[at] != 0xFFFF; at += (ushort)(2 + map[(ushort)(at + 1)]))
            found.Add((map[at], at));
        return found;
    }

    public static ushort AddressOf(DeviceRegisters map, ushort baseAddress, ushort model) =>
        Walk(map, baseAddress).First(found => found.Id == model).Address;

    /// <summary>Bytes of registers, high byte first.</summary>
    public static byte[] Bytes(DeviceRegisters map, ushort address, int registers) =>
        [.. Enumerable.Range(address, registers).SelectMany(at => new[] { (byte)(map[(ushort)at] >> 8), (byte)map[(ushort)at] })];
}
