using Flip.Edge.Devices.Registers;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>Plans and carries out the reads of a pass over one device.</summary>
internal sealed class PassReads(
    IModbusClient client, byte unit, DeviceProfile profile, TimeProvider time, ICollection<ReadTransaction> journal, ReadingBudget budget)
{
    private readonly HashSet<string> _anchor = [.. ProfileWants.Anchor(profile).Select(point => point.Name)];

    /// <summary>The most registers in one read.</summary>
    public int MostRegisters { get; } = ReadLimits.MostRegisters(client, profile);

    /// <summary>The cheapest reads, by what is known of the device's latency by now.</summary>
    public IReadOnlyList<PlannedRead> Plan(IEnumerable<WantedRegisters> wanted) =>
        ReadPlan.Of([.. wanted], ReadLimits.Cost(client), MostRegisters, ReadLimits.MostThrough(profile));

    /// <summary>Whether a read proves the device.</summary>
    public bool IsOfAnchor(PlannedRead read) => read.Unit == unit && read.Wanted.Any(part => _anchor.Contains(part.Name));

    /// <summary>Reads into a pass.</summary>
    public Task RunAsync(PassPoints points, IEnumerable<PlannedRead> plan, CancellationToken cancellationToken)
    {
        PatientSource source = new(client, time, journal, budget)
        {
            Unit = unit,
            IsSilentInstead = profile.Quirks.SilentInsteadOfException?.Value == true,
            IsEssential = IsOfAnchor,
        };
        return points.Registers.ReadAsync(plan, source, MostRegisters, cancellationToken);
    }
}
