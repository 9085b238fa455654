using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>Where an enrollment stands (docs.flip.energy/api-6038136). A value that this version does not know is kept as it came.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct EnrollmentStatus(string Value) : IOpenEnum<EnrollmentStatus>
{
    /// <summary>Live: commands may come.</summary>
    public static readonly EnrollmentStatus Active = new("ACTIVE");

    /// <summary>Flip has written to the homeowner and waits.</summary>
    public static readonly EnrollmentStatus NeedsAction = new("NEEDS_ACTION");

    /// <summary>Under review.</summary>
    public static readonly EnrollmentStatus Pending = new("PENDING");

    /// <summary>Refused; one cannot apply again.</summary>
    public static readonly EnrollmentStatus Rejected = new("REJECTED");

    /// <summary>Ended.</summary>
    public static readonly EnrollmentStatus Unenrolled = new("UNENROLLED");

    /// <summary>Whether the value is one of the page's.</summary>
    public bool IsKnown => this == Active || this == NeedsAction || this == Pending || this == Rejected || this == Unenrolled;

    static EnrollmentStatus IOpenEnum<EnrollmentStatus>.Create(string value) => new(value);

    /// <summary>The word on the wire.</summary>
    public override string ToString() => Value ?? "";

    internal sealed class Converter : OpenEnumConverter<EnrollmentStatus>;
}
