using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>A point as read.</summary>
internal sealed record PointReading
{
    public required ProfilePoint Point { get; init; }

    public required FieldState State { get; init; }

    /// <summary>Where it was read: <c>holding 57666 (0xE142)</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The scaled number, when present and no text.</summary>
    public decimal? Number { get; init; }

    /// <summary>The number before its scale, for codes.</summary>
    public long? Code { get; init; }

    /// <summary>The text, when present and no number.</summary>
    public string? Text { get; init; }

    public IReadOnlyList<ushort> Raw { get; init; } = [];

    /// <summary>Why it is not present: one sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// True when it is absent because the device says that there is none, or lacks a block that may be missing. False when nobody knows why:
    /// then nothing may be added up without it.
    /// </summary>
    public bool IsToldAbsent { get; init; }

    public bool IsPresent => State == FieldState.Present;
}
