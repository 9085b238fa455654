using System.Globalization;

namespace Flip.Edge.Simulator.Devices;

/// <summary>
/// The points of one SunSpec model, from a line of <c>name:type</c> in the order of the model's definition. A star marks
/// read-write points, and strings carry their registers (<c>string16</c>). Offsets follow from the sizes.
/// </summary>
public sealed class SunSpecLayout
{
    private readonly Dictionary<string, SunSpecPoint> _byName;

    private SunSpecLayout(ushort id, IReadOnlyList<SunSpecPoint> points)
    {
        Id = id;
        Points = points;
        Length = (ushort)(points[^1].Offset + points[^1].Size - 2);
        _byName = points.ToDictionary(point => point.Name);
    }

    /// <summary>The model's ID.</summary>
    public ushort Id { get; }

    /// <summary>The model's length L: its registers without ID and L.</summary>
    public ushort Length { get; }

    public IReadOnlyList<SunSpecPoint> Points { get; }

    public SunSpecPoint this[string name] => _byName.TryGetValue(name, out var point)
        ? point
        : throw new ArgumentException($"SunSpec model {Id} has no point {name}.", nameof(name));

    /// <summary>The same points under another model id, as in 101 to 103, which differ in nothing else.</summary>
    public SunSpecLayout As(ushort id) => new(id, Points);

    /// <summary>A model of which nothing but its place and length matters: registers that a reader has to step over.</summary>
    public static SunSpecLayout Opaque(ushort id, int length) =>
        Parse(id, string.Join(' ', Enumerable.Range(0, length).Select(i => FormattableString.Invariant($"R{i}:uint16"))));

    /// <exception cref="FormatException">An entry is not <c>name:type</c>.</exception>
    public static SunSpecLayout Parse(ushort id, string text)
    {
        var points = new List<SunSpecPoint>();
        var offset = 2;
        foreach (var entry in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Split(':') is not [var name, var type]) throw new FormatException($"\"{entry}\" is not name:type.");
            var writable = type.EndsWith('*');
            type = type.TrimEnd('*');
            var size = type.StartsWith("string", StringComparison.Ordinal)
                ? int.Parse(type.AsSpan("string".Length), CultureInfo.InvariantCulture)
                : type.EndsWith("64", StringComparison.Ordinal) ? 4 : type.EndsWith("32", StringComparison.Ordinal) ? 2 : 1;
            if (type.StartsWith("string", StringComparison.Ordinal)) type = "string";
            points.Add(new SunSpecPoint(name, offset, size, type, writable));
            offset += size;
        }

        return new SunSpecLayout(id, points);
    }
}
