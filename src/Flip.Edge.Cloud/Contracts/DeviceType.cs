using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>The type of a device (docs.flip.energy/api-6038136). A value that this version does not know is kept as it came.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct DeviceType(string Value) : IOpenEnum<DeviceType>
{
    /// <summary>A home battery.</summary>
    public static readonly DeviceType Battery = new("BATTERY");

    /// <summary>A charger of electric vehicles. The page gives no attributes for it.</summary>
    public static readonly DeviceType EvCharger = new("EV_CHARGER");

    /// <summary>Whether the value is one of the page's.</summary>
    public bool IsKnown => this == Battery || this == EvCharger;

    static DeviceType IOpenEnum<DeviceType>.Create(string value) => new(value);

    /// <summary>The word on the wire.</summary>
    public override string ToString() => Value ?? "";

    internal sealed class Converter : OpenEnumConverter<DeviceType>;
}
