using Flip.Edge.Devices.Registers;

namespace Flip.Edge.Devices.Nameplates;

/// <summary>A nameplate, and what it took to read it.</summary>
/// <param name="Nameplate">The nameplate; fields that two readings told differently are invalid.</param>
/// <param name="Transactions">Modbus requests, both readings together.</param>
/// <param name="Duration">Time on the wire and in the device.</param>
public sealed record NameplateReading(Nameplate Nameplate, int Transactions, TimeSpan Duration)
{
    /// <summary>Every request in order, both readings together.</summary>
    public IReadOnlyList<ReadTransaction> Reads { get; init; } = [];

    /// <summary>What was wanted, by address: what else stands in <see cref="Reads"/> was read through.</summary>
    public IReadOnlyList<WantedRegisters> Wanted { get; init; } = [];

    /// <summary>What the plan of the reads followed from; null for a reading that was not planned.</summary>
    public ReadTiming? Timing { get; init; }
}
