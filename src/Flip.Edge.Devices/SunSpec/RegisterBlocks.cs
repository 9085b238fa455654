namespace Flip.Edge.Devices.SunSpec;

/// <summary>One response: registers that were read together.</summary>
internal sealed record RegisterBlock(int Address, ushort[] Words)
{
    public int End => Address + Words.Length;

    public ushort At(int address) => Words[address - Address];

    public bool Covers(int address, int count) => address >= Address && address + count <= End;
}

/// <summary>The responses of one pass over a device, newest last.</summary>
internal sealed class RegisterBlocks
{
    private readonly List<RegisterBlock> _blocks = [];

    public IReadOnlyList<RegisterBlock> All => _blocks;

    public void Add(int address, ushort[] words) => _blocks.Add(new(address, words));

    /// <summary>The registers, if a single response holds them all; else null.</summary>
    /// <remarks>
    /// A value and its scale factor must come from one response: scale factors change between reads (pysunspec2#42, evcc#2162).
    /// </remarks>
    public RegisterBlock? Covering(int address, int count)
    {
        for (int i = _blocks.Count - 1; i >= 0; i--)
        {
            if (_blocks[i].Covers(address, count)) return _blocks[i];
        }

        return null;
    }

    /// <summary>
    /// A value and its scale factor that no response holds together: factor, value, value, factor, read in this order. Equal factors around
    /// equal values belong together; null when they are not equal, or were not read so.
    /// </summary>
    public (ushort Value, ushort Factor)? Surrounded(int value, int factor)
    {
        for (int i = _blocks.Count - 4; i >= 0; i--)
        {
            if (!_blocks[i].Covers(factor, 1) || !_blocks[i + 1].Covers(value, 1) || !_blocks[i + 2].Covers(value, 1) || !_blocks[i + 3].Covers(factor, 1)) continue;
            (ushort Value, ushort Factor) first = (_blocks[i + 1].At(value), _blocks[i].At(factor));
            return first == (_blocks[i + 2].At(value), _blocks[i + 3].At(factor)) ? first : null;
        }

        return null;
    }

    /// <summary>Registers of one or several responses, or null when one of them was not read. For what can't change: texts.</summary>
    public ushort[]? Gather(int address, int count)
    {
        if (Covering(address, count) is { } block) return block.Words.AsSpan(address - block.Address, count).ToArray();
        ushort[] words = new ushort[count];
        for (int i = 0; i < count; i++)
        {
            if (Find(address + i) is not { } word) return null;
            words[i] = word;
        }

        return words;
    }

    /// <summary>The register, if it was read.</summary>
    public ushort? Find(int address) => Covering(address, 1) is { } block ? block.Words[address - block.Address] : null;
}
