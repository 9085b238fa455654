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

    /// <summary>The register, if it was read.</summary>
    public ushort? Find(int address) => Covering(address, 1) is { } block ? block.Words[address - block.Address] : null;
}
