namespace Flip.Edge.Simulator.Devices;

/// <summary>The holding registers of a device: some exist, and some of those may be written.</summary>
public sealed class DeviceRegisters
{
    private readonly SortedList<ushort, ushort> _words = [];
    private readonly HashSet<ushort> _writable = [];

    /// <summary>Every address that exists, ascending.</summary>
    public IEnumerable<ushort> Addresses => _words.Keys;

    public int Count => _words.Count;

    /// <summary>The word at an address that exists.</summary>
    public ushort this[ushort address] => _words[address];

    public DeviceRegisters Define(ushort address, ushort word, bool writable = false)
    {
        _words[address] = word;
        if (writable) _writable.Add(address);
        return this;
    }

    /// <summary>False when one of the registers does not exist; then the destination's content means nothing.</summary>
    public bool TryRead(ushort address, Span<ushort> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            if (address + i > ushort.MaxValue || !_words.TryGetValue((ushort)(address + i), out destination[i])) return false;
        }

        return true;
    }

    /// <summary>False when one of the registers does not exist or may not be written; then nothing is.</summary>
    public bool TryWrite(ushort address, ReadOnlySpan<ushort> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (address + i > ushort.MaxValue || !_writable.Contains((ushort)(address + i))) return false;
        }

        for (var i = 0; i < values.Length; i++) _words[(ushort)(address + i)] = values[i];
        return true;
    }
}
