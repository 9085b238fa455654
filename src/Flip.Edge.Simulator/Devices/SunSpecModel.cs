namespace Flip.Edge.Simulator.Devices;

/// <summary>One instance of a SunSpec model. What nobody sets holds its type's "not implemented".</summary>
public sealed class SunSpecModel
{
    private readonly SunSpecLayout _layout;
    private ushort[] _words;

    public SunSpecModel(SunSpecLayout layout)
    {
        _layout = layout;
        _words = new ushort[layout.Length + 2];
        (_words[0], _words[1]) = (layout.Id, layout.Length);
        foreach (var point in layout.Points) point.WriteNotImplemented(Of(point));
    }

    /// <summary>ID, L and the points.</summary>
    public ReadOnlySpan<ushort> Words => _words;

    /// <summary>Sets numbers, raw and unscaled, as the registers carry them.</summary>
    public SunSpecModel With(params ReadOnlySpan<(string Point, long Raw)> values)
    {
        foreach (var (name, raw) in values)
        {
            var point = _layout[name];
            point.Write(raw, Of(point));
        }

        return this;
    }

    /// <summary>Sets a string point; every character is one byte.</summary>
    public SunSpecModel With(string name, string text)
    {
        var point = _layout[name];
        point.Write(text, Of(point));
        return this;
    }

    /// <summary>Ends the model early and declares that length, as devices do that leave out the common model's pad (L=65).</summary>
    public SunSpecModel CutTo(ushort length)
    {
        _words = _words[..(length + 2)];
        _words[1] = length;
        return this;
    }

    /// <summary>True when a master may write the register at that offset.</summary>
    public bool IsWritable(int offset) =>
        _layout.Points.Any(point => point.Writable && offset >= point.Offset && offset < point.Offset + point.Size);

    private Span<ushort> Of(SunSpecPoint point) => _words.AsSpan(point.Offset, point.Size);
}
