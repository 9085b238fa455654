namespace Flip.Edge.Devices.Probing;

/// <summary>One step of looking for a device, for a person who watches.</summary>
/// <param name="Where">The bus, with the unit where one was asked: <c>tcp://192.168.1.50:502 unit 1</c>.</param>
/// <param name="Subject">What was looked for: <c>SunSpec</c>, or a profile's name.</param>
/// <param name="Came">What came of it.</param>
public sealed record ProbeStep(string Where, string Subject, string Came)
{
    /// <summary>One line.</summary>
    public override string ToString() => $"{Where}, {Subject}: {Came}";
}
