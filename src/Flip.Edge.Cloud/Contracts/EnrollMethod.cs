using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>How an enrollment came about (docs.flip.energy/api-6038136). A value that this version does not know is kept as it came.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct EnrollMethod(string Value) : IOpenEnum<EnrollMethod>
{
    /// <summary>By <c>can_auto_enroll</c>.</summary>
    public static readonly EnrollMethod AutoEnroll = new("AUTO_ENROLL");

    /// <summary>The homeowner enrolled.</summary>
    public static readonly EnrollMethod UserAction = new("USER_ACTION");

    /// <summary>Whether the value is one of the page's.</summary>
    public bool IsKnown => this == AutoEnroll || this == UserAction;

    static EnrollMethod IOpenEnum<EnrollMethod>.Create(string value) => new(value);

    /// <summary>The word on the wire.</summary>
    public override string ToString() => Value ?? "";

    internal sealed class Converter : OpenEnumConverter<EnrollMethod>;
}
