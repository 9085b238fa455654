using Flip.Edge.Modbus;

namespace Flip.Edge.Simulator.Hostile;

/// <summary>Something that devices do in the field and no specification allows. It is put upon any simulated device.</summary>
/// <param name="Name">For <c>--behave</c>: lower case and hyphens.</param>
/// <param name="Description">One line: what the device does, and what a reader should make of it.</param>
/// <param name="Pitfalls">Numbers of the field's pitfalls, as the folders of Flip.Edge.Pitfalls.Tests count them.</param>
public abstract record DeviceBehaviour(string Name, string Description, IReadOnlyList<int> Pitfalls);

/// <summary>A behaviour in what the registers say: right frames, wrong contents.</summary>
/// <param name="Name">For <c>--behave</c>.</param>
/// <param name="Description">One line.</param>
/// <param name="Pitfalls">Numbers of the field's pitfalls.</param>
/// <param name="Wrap">Puts the behaviour before a device's registers.</param>
public sealed record DataBehaviour(
    string Name, string Description, IReadOnlyList<int> Pitfalls, Func<IRegisterBank, IRegisterBank> Wrap)
    : DeviceBehaviour(Name, Description, Pitfalls);

/// <summary>A behaviour of the wire: what happens to connections and frames, whatever they hold.</summary>
/// <param name="Name">For <c>--behave</c>.</param>
/// <param name="Description">One line.</param>
/// <param name="Pitfalls">Numbers of the field's pitfalls.</param>
/// <param name="On">The wires on which it happens.</param>
/// <param name="Create">Makes one for one device; it keeps what it has to remember of that device's connections.</param>
public sealed record WireBehaviour(
    string Name, string Description, IReadOnlyList<int> Pitfalls, HostileWires On, Func<TimeProvider, WireTrouble> Create)
    : DeviceBehaviour(Name, Description, Pitfalls);

/// <summary>Kinds of wires.</summary>
[Flags]
public enum HostileWires
{
    /// <summary>Modbus TCP.</summary>
    Tcp = 1,

    /// <summary>A serial line.</summary>
    Rtu = 2,

    /// <summary>Either.</summary>
    Both = Tcp | Rtu,
}
