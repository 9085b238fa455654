namespace Flip.Edge.Fuzz;

/// <summary>A stream of numbers that a seed and the number of a case determine: xorshift64* over a mixed seed.</summary>
internal struct Chance(ulong seed, long number)
{
    private ulong _state = Mix(seed * 0x9E3779B97F4A7C15 + (ulong)number + 1);

    /// <summary>A number below the bound.</summary>
    public int Below(int bound) => (int)((Next() >> 33) % (ulong)bound);

    /// <summary>True once in so many.</summary>
    public bool Once(int inSoMany) => Below(inSoMany) == 0;

    public ushort Word() => (ushort)(Next() >> 48);

    public void Fill(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(Next() >> 56);
    }

    /// <summary>One of these.</summary>
    public T Of<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545F4914F6CDD1D;
    }

    /// <summary>Spreads a number over all bits, never to 0 (splitmix64).</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return (value ^ (value >> 31)) | 1;
    }
}
