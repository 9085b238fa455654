namespace Flip.Edge.Devices.Probing;

/// <summary>How far a probe may look around for what the endpoint leaves open, and for how long.</summary>
/// <param name="MayAskSerialUnits">
/// Whether other unit ids are asked on a serial line: others live there, and somebody has to have asked for it
/// (Growatt_ModbusTCP#424). Over TCP the families' short lists are always asked.
/// </param>
/// <param name="MayChangeLine">Whether other speeds and parities are tried on a serial line.</param>
/// <param name="Budget">When it gives up.</param>
public sealed record ProbeScope(bool MayAskSerialUnits, bool MayChangeLine, TimeSpan Budget)
{
    /// <summary>A person waits for it and asked for it.</summary>
    public static ProbeScope Person { get; } = new(true, true, TimeSpan.FromMinutes(3));

    /// <summary>Nobody watches.</summary>
    public static ProbeScope Unattended { get; } = new(false, false, TimeSpan.FromMinutes(1));
}
