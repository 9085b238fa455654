using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>A value of a profile as one pass tells it, with what it rests on.</summary>
internal sealed record ValueReading
{
    public required FieldState State { get; init; }

    public required string Source { get; init; }

    public decimal? Number { get; init; }

    public string? Text { get; init; }

    /// <summary>Of the number, as its points have it; null for a text or a bare number.</summary>
    public string? Unit { get; init; }

    public FieldKind Kind { get; init; } = FieldKind.Rated;

    public IReadOnlyList<ushort> Raw { get; init; } = [];

    public string? Reason { get; init; }

    /// <summary>True when it rests on a point of which nobody is certain.</summary>
    public bool IsUnsure { get; init; }

    /// <summary>See <see cref="PointReading.IsToldAbsent"/>.</summary>
    public bool IsToldAbsent { get; init; }

    /// <summary>How it was worked out, for a person to follow: <c>200 Ah × 51.2 V</c>; null when it was read.</summary>
    public string? Working { get; init; }

    public bool IsPresent => State == FieldState.Present;

    /// <summary>The working, or the number with its unit.</summary>
    public string Shown => Working ?? $"{PointDecoder.Plain(Number ?? 0)}{(Unit is null ? "" : $" {Unit}")}";

    public static ValueReading Absent(string source, string reason, bool isTold, IReadOnlyList<ushort>? raw = null) =>
        new() { State = FieldState.NotImplemented, Source = source, Reason = reason, IsToldAbsent = isTold, Raw = raw ?? [] };

    public static ValueReading Invalid(string source, string reason, IReadOnlyList<ushort>? raw = null) =>
        new() { State = FieldState.Invalid, Source = source, Reason = reason, Raw = raw ?? [] };

    public static ValueReading Of<T>(NameplateField<T> field)
        where T : notnull => new()
        {
            State = field.State,
            Source = field.Source,
            Number = field.Value is decimal number && field.IsPresent ? number : null,
            Text = field.Value as string,
            Unit = field.Unit,
            Kind = field.Kind ?? FieldKind.Rated,
            Raw = field.Raw,
            Reason = field.Reason,
            IsToldAbsent = true,
        };
}
