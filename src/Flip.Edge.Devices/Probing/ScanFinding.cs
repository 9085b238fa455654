using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>Something that answered a scan.</summary>
/// <param name="Endpoint">Where, as <c>probe</c> takes it.</param>
/// <param name="Unit">What it is, and what proves it.</param>
/// <param name="Nameplate">Its nameplate, or null where it is not known how to read it, or could not be read.</param>
/// <param name="Problem">Why its nameplate could not be read; null when it was, or was not tried.</param>
public sealed record ScanFinding(ModbusEndpoint Endpoint, UnitFinding Unit, Nameplate? Nameplate, string? Problem)
{
    /// <summary>Maker, or null.</summary>
    public string? Manufacturer => Value(Nameplate?.Manufacturer) ?? Unit.SunSpec?.Manufacturer;

    /// <summary>Model, or null.</summary>
    public string? Model => Value(Nameplate?.Model) ?? Unit.SunSpec?.Model;

    /// <summary>Serial number, or null; a placeholder is none, for it would make one device of several.</summary>
    public string? SerialNumber => Nameplate is not null ? Value(Nameplate.SerialNumber) : Unit.SunSpec?.SerialNumber is { Length: > 0 } told
        ? Value(SerialNumbers.Check(NameplateField.Present(told, null, FieldKind.Rated, "SunSpec 1 SN", []))) : null;

    /// <summary>Whether both are the same device, which answers to more than one unit id, port or framing.</summary>
    public bool IsSameAs(ScanFinding other) =>
        Unit.Profile?.Name == other.Unit.Profile?.Name && SerialNumber is not null && SerialNumber == other.SerialNumber && Model == other.Model;

    /// <summary>Whether both answer alike and no serial number tells them apart.</summary>
    public bool IsLike(ScanFinding other) =>
        SerialNumber is null && other.SerialNumber is null && Unit.Profile?.Name == other.Unit.Profile?.Name && Unit.Why == other.Unit.Why && Model == other.Model;

    private static string? Value(NameplateField<string>? field) => field is { IsPresent: true } ? field.Value : null;
}

/// <summary>What came of one connection of a scan.</summary>
/// <param name="Endpoint">The connection.</param>
/// <param name="Came">For people.</param>
public sealed record ScanNote(ModbusEndpoint Endpoint, string Came);
