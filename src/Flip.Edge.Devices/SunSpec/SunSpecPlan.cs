namespace Flip.Edge.Devices.SunSpec;

/// <summary>A span of a model, offsets from its id register, both inclusive.</summary>
internal readonly record struct Span(int First, int Last);

/// <summary>Which registers of which model a nameplate needs, and what usually comes next.</summary>
internal static class SunSpecPlan
{
    /// <summary>The marker, the whole common model and the header after it: 72 registers for L = 66, and for L = 65 with one to spare.</summary>
    public const int OpeningRegisters = 2 + 2 + 66 + 2;

    /// <summary>
    /// Registers to read while walking, or null when only the header matters. They begin with the model's own id, which proves that the
    /// response is not one register off (Growatt_ModbusTCP#349).
    /// </summary>
    public static Span? Eager(ushort id, SunSpecFamily family)
    {
        Span? span = Eager(id);
        return family.LastWanted.TryGetValue(id, out int last) ? new(0, Math.Max(last, span?.Last ?? 0)) : span;
    }

    private static Span? Eager(ushort id) => id switch
    {
        1 => new(0, SunSpecPoints.Serial.Offset + SunSpecPoints.Serial.Registers - 1),
        120 => new(0, SunSpecPoints.NameplateDischarge.ScaleFactorOffset),
        702 => new(0, SunSpecPoints.DerPower.ScaleFactorOffset),
        713 => new(0, SunSpecPoints.StorageCapacity.ScaleFactorOffset),
        802 => new(0, SunSpecPoints.BatteryDischarge.ScaleFactorOffset),
        _ => null,
    };

    /// <summary>Settings are read only when no rating was found: they are somebody's choice, and cost a transaction each.</summary>
    public static Span Lazy(SunSpecPoint point) => new(0, point.Last);

    /// <summary>
    /// How many registers to read along with an unknown header. After an inverter model (101–103, 111–113) the nameplate model 120
    /// (L = 26) follows in every capture we know, so its data and the next header come in the same response.
    /// </summary>
    public static int LookAhead(ushort previous) => previous is (>= 101 and <= 103) or (>= 111 and <= 113) ? 26 + 2 : 0;

    /// <summary>
    /// How many registers to read from a header on where registers cost next to nothing. Behind the controls (123) often come the storage
    /// (124, L = 24), a battery (802, L = 62) and the end; what follows those models is mostly the end, beyond which many devices refuse
    /// the whole read.
    /// </summary>
    public static int Far(ushort previous) => previous switch
    {
        123 => 2 + 24 + 2 + 62 + 2,
        124 or (>= 713 and <= 715) or (>= 802 and <= 899) => 2,
        _ => int.MaxValue,
    };
}
