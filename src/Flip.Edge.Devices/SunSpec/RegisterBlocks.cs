namespace Flip.Edge.Devices.SunSpec;

/// <summary>One response: registers that were read together.</summary>
internal sealed record RegisterBlock(int Address, ushort[] Words)
{
    public int End => Address + Words.Length;

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
    /// A value between two readings of its scale factor, for devices that don't give both in one response; null when they were not read
    /// in that order. Equal factors on both sides belong to the value.
    /// </summary>
    public (ushort Value, ushort Before, ushort After)? Between(int value, int factor)
    {
        int at = _blocks.FindLastIndex(block => block.Covers(value, 1));
        if (at < 1) return null;
        int before = _blocks.FindLastIndex(at - 1, block => block.Covers(factor, 1));
        int after = _blocks.FindIndex(at + 1, block => block.Covers(factor, 1));
        if (before < 0 || after < 0) return null;
        return (_blocks[at].Words[value - _blocks[at].Address], _blocks[before].Words[factor - _blocks[before].Address],
            _blocks[after].Words[factor - _blocks[after].Address]);
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
