namespace Flip.Edge.Devices.Profiles;

/// <summary>
/// A condition on one point: the anchor that proves the device, the state in which it sleeps, or the condition of a value. All parts that
/// are told must hold. A point that is absent or invalid fulfils nothing.
/// </summary>
public sealed record ProfileCheck
{
    /// <summary>A point of the profile, or <c>1.Mn</c>, <c>1.Md</c>, <c>1.Vr</c>, <c>1.SN</c> of the SunSpec common model.</summary>
    public required string Point { get; init; }

    /// <summary>The number is one of these.</summary>
    public IReadOnlyList<long>? In { get; init; }

    /// <summary>The number is none of these.</summary>
    public IReadOnlyList<long>? NotIn { get; init; }

    /// <summary>The number stands in this table.</summary>
    public string? InTable { get; init; }

    /// <summary>The scaled number is between these, both inclusive.</summary>
    public (decimal Least, decimal Most)? Between { get; init; }

    /// <summary>The text begins with one of these; case does not matter.</summary>
    public IReadOnlyList<string>? StartsWith { get; init; }

    /// <summary>The text contains one of these; case does not matter.</summary>
    public IReadOnlyList<string>? Contains { get; init; }

    /// <summary>The text has so many characters, all of them letters, digits or <c>-_./ </c>.</summary>
    public (int Least, int Most)? Length { get; init; }

    /// <summary>The first version number in the text is between these, both inclusive; null is open.</summary>
    public (string? From, string? To)? Versions { get; init; }
}
