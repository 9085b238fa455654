namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>How long the types are, and what numbers they can hold.</summary>
internal static class PointTypes
{
    public static int Registers(PointType type) => type switch
    {
        PointType.U32 or PointType.S32 or PointType.F32 => 2,
        PointType.U64 or PointType.S64 => 4,
        _ => 1,
    };

    public static bool IsSigned(PointType type) => type is PointType.S16 or PointType.S32 or PointType.S64;

    public static bool IsInteger(PointType type) => type is not (PointType.F32 or PointType.Text);

    /// <summary>The bits that a node tells, as wide as the type; null when it does not fit.</summary>
    public static ulong? Bits(ProfileNode node, PointType type)
    {
        int width = 16 * Registers(type);
        ulong mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
        if (node.Kind == NodeKind.Text) return NodeValues.Bits(node.Text) is { } bits && bits <= mask ? bits : null;
        // The bits of a float can't be told by a decimal number.
        if (!IsInteger(type) || NodeValues.Whole(node) is not { } value) return null;
        (decimal least, decimal most) = IsSigned(type) ? (-(decimal)(mask >> 1) - 1, mask >> 1) : (0, mask);
        return value < least || value > most ? null : value < 0 ? (ulong)(long)value & mask : (ulong)value;
    }

    /// <summary>The whole number that a node tells for a point: with 0x its bits, so that 0xFFFF is -1 in a signed register.</summary>
    public static long? Number(ProfileNode node, ProfilePoint point)
    {
        if (point.Bits is { } bits)
        {
            return NodeValues.Whole(node) is { } part && part >= 0 && part < (1UL << bits.Count) ? (long)part : null;
        }

        if (Bits(node, point.Type) is not { } raw) return null;
        int unused = 64 - (16 * Registers(point.Type));
        if (IsSigned(point.Type)) return (long)(raw << unused) >> unused;
        return raw > long.MaxValue ? null : (long)raw;
    }
}
