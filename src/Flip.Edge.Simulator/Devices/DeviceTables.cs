namespace Flip.Edge.Simulator.Devices;

/// <summary>The registers of a device that answers to one or several unit ids, each with holding and input registers of its own.</summary>
public sealed class DeviceTables
{
    private readonly SortedDictionary<(byte Unit, byte Function), DeviceRegisters> _tables = [];

    /// <summary>The unit ids that have registers, ascending.</summary>
    public IReadOnlyList<byte> Units => [.. _tables.Keys.Select(key => key.Unit).Distinct()];

    /// <summary>True for a device that says nothing where others answer exception 2.</summary>
    public bool IsSilentOutside { get; init; }

    /// <summary>True for a device that gives its holding registers to function 4 as well, and its input registers to function 3.</summary>
    public bool IsAnyFunction { get; init; }

    /// <summary>The same holding registers behind every unit id.</summary>
    public static DeviceTables Same(DeviceRegisters holding, params ReadOnlySpan<byte> units)
    {
        DeviceTables tables = new();
        foreach (var unit in units) tables._tables[(unit, 3)] = holding;
        return tables;
    }

    /// <summary>The holding registers of a unit, for function 3.</summary>
    public DeviceRegisters Holding(byte unit) => Table(unit, 3);

    /// <summary>The input registers of a unit, for function 4.</summary>
    public DeviceRegisters Input(byte unit) => Table(unit, 4);

    /// <summary>The registers that a request of this function means; null when the unit does not know the function.</summary>
    public DeviceRegisters? Find(byte unit, byte function) =>
        _tables.TryGetValue((unit, function), out var own) ? own
        : IsAnyFunction && _tables.TryGetValue((unit, (byte)(7 - function)), out var other) ? other : null;

    private DeviceRegisters Table(byte unit, byte function) =>
        _tables.TryGetValue((unit, function), out var table) ? table : _tables[(unit, function)] = new DeviceRegisters();
}
