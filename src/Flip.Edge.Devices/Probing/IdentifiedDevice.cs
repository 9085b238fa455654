using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Probing;

/// <summary>A device that was found, and by what it was known.</summary>
/// <param name="Endpoint">Where it answers, written out: nothing in it is a default any more.</param>
/// <param name="Profile">What to read it with.</param>
/// <param name="Shift">By how many registers its map is shifted.</param>
/// <param name="Why">What proves it: the sentence of the anchor, or of the SunSpec map.</param>
/// <param name="Warnings">What else a person should know of how it was found.</param>
/// <param name="Options">The connection's options that suit it.</param>
public sealed record IdentifiedDevice(
    ModbusEndpoint Endpoint, DeviceProfile Profile, int Shift, string Why, IReadOnlyList<string> Warnings, ModbusClientOptions Options)
{
    /// <summary>Its unit id.</summary>
    public byte Unit => Endpoint.Unit;

    /// <summary>
    /// Whether nobody has found out or set how long it has to be left alone after connecting: then a silence is not believed before it was
    /// asked after a pause.
    /// </summary>
    public bool IsDelayOpen { get; init; }
}
