using Flip.Edge.Devices.Registers;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>
/// How far to read ahead into models of which nothing is known yet. Where a transaction costs more than all registers of a read, as over
/// a slow network, the next headers come along for nothing. Many devices refuse a whole read that passes the end of the map: then half
/// of what is left up to there is tried, and so on.
/// </summary>
internal sealed class SunSpecReach(RegisterReader reader)
{
    // Fewer hold no model that matters, and the end is as likely among them.
    private const int LeastFar = 16;

    private int? _refusedEnd;
    private bool _mayBeFar = reader.ReadsAhead;

    private int Most => reader.Client.Options.RegistersPerRead;

    /// <summary>Registers to read from a header on, its own two included.</summary>
    public int From(int cursor, ushort previous)
    {
        int near = Near(previous);
        if (!_mayBeFar || Most < SunSpecPlan.OpeningRegisters || reader.Cost.TransactionInRegisters < Most) return near;
        int far = _refusedEnd is { } end ? (end - cursor) / 2 : SunSpecPlan.Far(previous);
        if (far < LeastFar && _refusedEnd is not null) return near;
        return Math.Min(Math.Max(near, Math.Min(Most, far)), 0x10000 - cursor);
    }

    /// <summary>The same where nothing is guessed but what every capture shows.</summary>
    public int Near(ushort previous) => Math.Min(2 + SunSpecPlan.LookAhead(previous), Most);

    /// <summary>To be called when a read ahead brought nothing.</summary>
    /// <param name="end">The first register behind it.</param>
    /// <param name="isSilent">True when the device said nothing: that is too dear to be tried again.</param>
    public void Failed(int end, bool isSilent)
    {
        _refusedEnd = end;
        _mayBeFar &= !isSilent;
    }
}
