namespace Flip.Edge.Devices.Nameplates;

/// <summary>The three things a value can be. Nothing is ever turned into 0.</summary>
public enum FieldState
{
    /// <summary>Read (or typed), decoded, and within its limits.</summary>
    Present,

    /// <summary>The device says that it does not know: the sentinel of the type, an empty string, or no such register.</summary>
    NotImplemented,

    /// <summary>There was a value, but it can't be true: garbled, out of range, 0 where 0 is impossible, or not twice the same.</summary>
    Invalid,
}

/// <summary>What sort of number a present value is.</summary>
public enum FieldKind
{
    /// <summary>A rating of the maker.</summary>
    Rated,

    /// <summary>A setting that somebody chose; it may be lower than the rating.</summary>
    Configured,

    /// <summary>A rating cut down by another part, such as a battery's power by the inverter.</summary>
    Limited,

    /// <summary>Worked out from amperes, ampere-hours or a state of charge: no rating, and a person has to confirm it.</summary>
    Estimated,

    /// <summary>Typed by the installer.</summary>
    Typed,
}

/// <summary>One value of a nameplate with the evidence for it.</summary>
/// <typeparam name="T"><see cref="string"/> or <see cref="decimal"/>.</typeparam>
/// <param name="State">Present, not implemented or invalid.</param>
/// <param name="Value">The value when present.</param>
/// <param name="Unit"><c>Wh</c>, <c>W</c>, or null for text.</param>
/// <param name="Kind">Rated, configured, limited or typed, when present.</param>
/// <param name="Source">Where it comes from, for example <c>SunSpec 802 WHRtg</c>.</param>
/// <param name="Raw">The registers as read, value first, then the scale factor.</param>
/// <param name="Reason">Why it is not present: one sentence for a person.</param>
public sealed record NameplateField<T>(
    FieldState State, T? Value, string? Unit, FieldKind? Kind, string Source, IReadOnlyList<ushort> Raw, string? Reason)
    where T : notnull
{
    /// <summary>True when there is a value to use.</summary>
    public bool IsPresent => State == FieldState.Present;

    // An estimate is made with the voltage of the moment, which is another one a second later.
    private const decimal EstimatesDiffer = 0.05m;

    /// <summary>The same value or the same lack of one, whatever the evidence; of two estimates, nearly the same.</summary>
    public bool Agrees(NameplateField<T> other) =>
        State == other.State && (State != FieldState.Present || EqualityComparer<T>.Default.Equals(Value!, other.Value!) || AreEstimates(other));

    private bool AreEstimates(NameplateField<T> other) =>
        (Kind, other.Kind) == (FieldKind.Estimated, FieldKind.Estimated) && Value is decimal one && other.Value is decimal two
        && Math.Abs(one - two) <= EstimatesDiffer * Math.Max(Math.Abs(one), Math.Abs(two));

    /// <summary>For messages: the value with its unit, or in quotes where it is a text.</summary>
    internal string Shown => Unit is null ? $"\"{Value}\"" : FormattableString.Invariant($"{Value} {Unit}");

    /// <summary>For messages: the value with its unit and source, or why there is none.</summary>
    public override string ToString() => State switch
    {
        FieldState.Present => $"{Shown} ({Source})",
        FieldState.NotImplemented => Reason ?? $"not implemented ({Source})",
        _ => Reason ?? $"invalid ({Source})",
    };
}

/// <summary>Makes fields.</summary>
public static class NameplateField
{
    /// <summary>A value that was read.</summary>
    public static NameplateField<T> Present<T>(T value, string? unit, FieldKind kind, string source, IReadOnlyList<ushort> raw)
        where T : notnull => new(FieldState.Present, value, unit, kind, source, raw, null);

    /// <summary>The device has no such value.</summary>
    public static NameplateField<T> NotImplemented<T>(string? unit, string source, string reason, IReadOnlyList<ushort>? raw = null)
        where T : notnull => new(FieldState.NotImplemented, default, unit, null, source, raw ?? [], reason);

    /// <summary>The device has a value that can't be true.</summary>
    public static NameplateField<T> Invalid<T>(string? unit, string source, string reason, IReadOnlyList<ushort>? raw = null)
        where T : notnull => new(FieldState.Invalid, default, unit, null, source, raw ?? [], reason);

    /// <summary>A value that the installer typed.</summary>
    public static NameplateField<T> Typed<T>(T value, string? unit)
        where T : notnull => new(FieldState.Present, value, unit, FieldKind.Typed, "typed", [], null);
}
