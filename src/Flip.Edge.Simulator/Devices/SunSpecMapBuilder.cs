namespace Flip.Edge.Simulator.Devices;

/// <summary>
/// Lays out a SunSpec device: the marker "SunS", the models one after the other, the end model. Written from the SunSpec
/// documents and on purpose without a line of the gateway's own decoder: a slip there must show here.
/// </summary>
public sealed class SunSpecMapBuilder
{
    private readonly DeviceRegisters _map = new();
    private int _next;

    /// <param name="baseAddress">PDU address of the marker's first register: 40000, 50000 or 0.</param>
    public SunSpecMapBuilder(ushort baseAddress)
    {
        _next = baseAddress;
        Append(0x5375);
        Append(0x6E53);
    }

    public SunSpecMapBuilder Add(SunSpecModel model)
    {
        for (var offset = 0; offset < model.Words.Length; offset++) Append(model.Words[offset], model.IsWritable(offset));
        return this;
    }

    /// <summary>Appends the end model: ID 0xFFFF and L 0.</summary>
    public DeviceRegisters BuildWithEnd()
    {
        Append(0xFFFF);
        Append(0);
        return _map;
    }

    /// <summary>Without an end model: the registers just stop.</summary>
    public DeviceRegisters BuildWithoutEnd() => _map;

    private void Append(ushort word, bool writable = false) => _map.Define(checked((ushort)_next++), word, writable);
}
