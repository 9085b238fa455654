namespace Flip.Edge.Devices.SunSpec;

/// <summary>One model found in a device's map.</summary>
/// <param name="Id">Model id, for example 802.</param>
/// <param name="Address">0-based PDU address of the id register.</param>
/// <param name="Length">Length L: registers after the L register. As declared, but where that is certainly wrong.</param>
public sealed record SunSpecModel(ushort Id, ushort Address, ushort Length)
{
    /// <summary>What the device declares as its length.</summary>
    public ushort Declared { get; init; } = Length;

    /// <summary>Address of the next model's id register.</summary>
    public int Next => Address + 2 + Length;

    /// <summary>True when the offset (counted from the id register) lies inside the length.</summary>
    public bool Has(int offset, int size) => offset + size <= Length + 2;
}
