using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>
/// <c>DeviceBatteryAttributes</c> of the page. Numbers on the page; whole ones are sent without a fraction.
/// Build it with <see cref="BatteryPowerMapping"/>, which alone knows which direction "input" is.
/// </summary>
public sealed record BatteryAttributes
{
    /// <summary>Nominal capacity in Wh, above 0.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public required decimal BatteryCapacityWh { get; init; }

    /// <summary>Rated continuous power in W, above 0. The direction is in doubt: see <see cref="InputPowerIs"/>.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public required decimal BatteryPowerInputW { get; init; }

    /// <summary>Rated continuous power in W, above 0, of the other direction.</summary>
    [JsonConverter(typeof(WholeNumberConverter))]
    public required decimal BatteryPowerOutputW { get; init; }

    /// <summary>Fields that this version does not know, kept and written back as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? OtherFields { get; set; }
}
