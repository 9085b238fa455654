namespace Flip.Edge.Devices.SunSpec;

/// <summary>
/// Which model ids exist, and how long those of one length are (github.com/sunspec/models). It is what tells a header from the data that
/// stand where a wrong length leads to.
/// </summary>
internal static class SunSpecLengths
{
    private const ushort EndOfMap = 0xFFFF;

    /// <summary>Ids from here on are the makers' own, of any length.</summary>
    private const ushort FirstOfMakers = 64_000;

    /// <summary>The lengths that a model has in the field; empty where they vary or the id is not known.</summary>
    public static ReadOnlySpan<ushort> Of(ushort id) => id switch
    {
        1 => [66, 65],
        101 or 102 or 103 => [50],
        111 or 112 or 113 => [60],
        120 => [26],
        121 => [30],
        122 => [44],
        123 => [24],
        124 => [24],
        201 or 202 or 203 or 204 => [105],
        211 or 212 or 213 or 214 => [124],
        701 => [153],
        702 => [50],
        713 => [7],
        802 => [62],
        _ => [],
    };

    /// <summary>A header whose id and length belong together, or the end of a map. Data hardly ever look like one.</summary>
    public static bool IsCertain(ushort id, ushort length) => id == EndOfMap ? length == 0 : Of(id).Contains(length);

    /// <summary>A model that exists, with a length that it can have: behind it a map may well end.</summary>
    public static bool IsBelievable(SunSpecModel model) => Of(model.Id) is { Length: > 0 } lengths ? lengths.Contains(model.Length) : IsKnown(model.Id);

    /// <summary>An id that somebody gave out, whatever its length says.</summary>
    public static bool IsKnown(ushort id) => id >= FirstOfMakers
        || id is (>= 1 and <= 19) or (>= 101 and <= 103) or (>= 111 and <= 113) or (>= 120 and <= 145) or 160
            or (>= 201 and <= 204) or (>= 211 and <= 214) or 220 or (>= 302 and <= 308) or (>= 401 and <= 404)
            or (>= 501 and <= 502) or 601 or (>= 701 and <= 715) or (>= 801 and <= 809) or (>= 63_001 and <= 63_002);
}
