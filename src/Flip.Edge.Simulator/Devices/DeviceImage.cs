using Flip.Edge.Modbus;

namespace Flip.Edge.Simulator.Devices;

/// <summary>A named device that the simulator can play.</summary>
public sealed record DeviceImage
{
    private readonly Func<DeviceRegisters>? _createMap;
    private readonly Func<DeviceTables>? _createTables;
    private readonly RegisterWalk? _walk;

    /// <summary>A device with one map, which answers to whatever unit ids it is hosted with.</summary>
    public DeviceImage(string name, string description, Func<DeviceRegisters> createMap) =>
        (Name, Description, _createMap) = (name, description, createMap);

    private DeviceImage(string name, string profile, string description, Func<DeviceTables> createTables) =>
        (Name, Profile, Description, _createTables) = (name, profile, description, createTables);

    private DeviceImage(RegisterWalk walk) =>
        (Name, Profile, Description, _walk) = (walk.Device, walk.Profile, $"answers as {walk.Endpoint} did on {walk.WalkedAt:u}", walk);

    /// <summary>For <c>--image</c>.</summary>
    public string Name { get; }

    /// <summary>One line: what a reader should find.</summary>
    public string Description { get; }

    /// <summary>The gateway's profile that it should be read with; null for plain SunSpec and for what can't be read.</summary>
    public string? Profile { get; }

    /// <summary>A device whose unit ids and input registers belong to what it is, as those of a maker's family do.</summary>
    public static DeviceImage OfFamily(string name, string profile, string description, Func<DeviceTables> createTables) =>
        new(name, profile, description, createTables);

    /// <summary>A device that answers as another did to a walk. Its unit ids are the walk's.</summary>
    public static DeviceImage OfWalk(RegisterWalk walk) => new(walk);

    /// <summary>Makes the device, with fresh registers. Where unit ids are told they replace those of a device with one map.</summary>
    public SimulatedDevice CreateDevice(DeviceWire wire, params byte[] units)
    {
        if (_walk is null) return new(CreateTables(units), wire);
        WalkBank bank = new(_walk);
        return new(bank, bank.Units.Count > 0 ? bank.Units : [1]);
    }

    /// <summary>Makes a fresh map, so that what one run writes another doesn't see.</summary>
    /// <exception cref="InvalidOperationException">The device is more than one map.</exception>
    public DeviceRegisters CreateMap() => _createMap?.Invoke() ?? throw new InvalidOperationException($"The image {Name} is more than one map.");

    /// <summary>Makes fresh registers. Where unit ids are told they replace those of a device with one map; a family keeps its own.</summary>
    public DeviceTables CreateTables(params byte[] units) => _createTables?.Invoke() ?? DeviceTables.Same(CreateMap(), units.Length == 0 ? [1] : units);
}
