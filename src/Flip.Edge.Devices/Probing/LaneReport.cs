using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>What came of one port or line setting.</summary>
/// <param name="Lane">Where.</param>
/// <param name="Findings">What came of its units, in the order they were asked.</param>
/// <param name="Found">The device, or null.</param>
internal sealed record LaneReport(ModbusEndpoint Lane, IReadOnlyList<UnitFinding> Findings, IdentifiedDevice? Found)
{
    /// <summary>Why the whole connection failed, or null.</summary>
    public ModbusException? Failure { get; init; }

    /// <summary>Whether something answered in the middle of the unit at which the search was broken off.</summary>
    public bool HasHeard { get; init; }

    /// <summary>Whether anything answered.</summary>
    public bool Answered => HasHeard || Findings.Any(finding => finding.Answered);

    /// <summary>Found, but it is a meter or a charger: another unit or port may be the battery.</summary>
    public bool IsDoubtful => Found is not null && Findings.Where(finding => finding.Profile is not null).All(IsNoBattery);

    /// <summary>Whether looking on elsewhere is in vain: the host or the serial port is not there at all.</summary>
    public bool IsDeadEnd => Failure is ModbusConnectionException { Failure: not (ModbusConnectionFailure.Refused or ModbusConnectionFailure.Lost) };

    /// <summary>Whether RTU frames may be spoken there: what came is no Modbus TCP, or nothing came (mbmd#311).</summary>
    public bool MayBeFramedAsRtu => Failure is ModbusFrameException
        || (Failure is null && Found is null && Findings.All(finding => !finding.Answered && !UnitProbe.IsOfGateway(finding.Silence)));

    /// <summary>A report of units that were asked.</summary>
    public static LaneReport Of(ModbusEndpoint lane, IReadOnlyList<UnitFinding> findings, IdentifiedDevice? found) => new(lane, findings, found);

    /// <summary>Whether a unit was recognised as something that has no battery.</summary>
    public static bool IsNoBattery(UnitFinding finding) => finding.Kind is DeviceKind.Meter or DeviceKind.Other;
}
