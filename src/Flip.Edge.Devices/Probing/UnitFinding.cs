using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>What came of asking one unit.</summary>
public sealed record UnitFinding
{
    /// <summary>The unit at which it was found; a SunSpec map may lead to another one than was asked.</summary>
    public required byte Unit { get; init; }

    /// <summary>What it is; null when nothing fits, or nothing answers.</summary>
    public DeviceProfile? Profile { get; init; }

    /// <summary>By how many registers its map is shifted.</summary>
    public int Shift { get; init; }

    /// <summary>What proves it, or why it is not known.</summary>
    public required string Why { get; init; }

    /// <summary>Whether anything came that only a device sends.</summary>
    public bool Answered { get; init; }

    /// <summary>Its SunSpec map, or null.</summary>
    public SunSpecSighting? SunSpec { get; init; }

    /// <summary>What else a person should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What came in place of an answer.</summary>
    public ModbusException? Silence { get; init; }

    /// <summary>What sort of device it is. A family with registers of its own is one with batteries.</summary>
    public DeviceKind Kind => Profile is null ? SunSpec?.Kind ?? DeviceKind.Unknown
        : Profile.Name == PlainSunSpec ? SunSpec?.Kind ?? DeviceKind.Unknown : DeviceKind.Battery;

    /// <summary>The profile that reads what the standard says, and nothing of a maker's own.</summary>
    public const string PlainSunSpec = "sunspec";
}
