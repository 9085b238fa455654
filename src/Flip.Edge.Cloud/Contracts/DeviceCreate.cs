using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>
/// One device of a commission request: the nine fields of <c>DeviceCreateIn</c> on the page (docs.flip.energy/api-6038136).
/// </summary>
public sealed record DeviceCreate
{
    /// <summary>The device's id in the installer's own system, for example <c>xyz-123</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Always equal to <see cref="SiteCreate.Id"/>; <see cref="CommissionRequestBuilder"/> sees to it.</summary>
    public required string SiteId { get; init; }

    /// <summary>Who made the device.</summary>
    public required string ManufacturerName { get; init; }

    /// <summary>The maker's name of the product.</summary>
    public required string ProductName { get; init; }

    /// <summary>The serial number on the device.</summary>
    public required string SerialNumber { get; init; }

    /// <summary><c>BATTERY</c> or <c>EV_CHARGER</c>. The page gives attributes for a battery only.</summary>
    public required DeviceType Type { get; init; }

    /// <summary>What the battery can do. "Not user-adjustable", so ratings and not settings.</summary>
    public required BatteryAttributes Attributes { get; init; }

    /// <summary>Deprecated on the page ("accepted but ignored"): read where it comes, never sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public JsonElement? Configuration { get; init; }

    /// <summary>
    /// When the device was installed, or when the utility permitted its operation if that differs. Sent as RFC 3339 with an offset,
    /// as the page's type demands; a bare date, as in the page's example, is read as midnight UTC.
    /// </summary>
    [JsonConverter(typeof(InstallDateConverter))]
    public required DateTimeOffset InstallDate { get; init; }

    /// <summary>Fields that this version does not know, kept and written back as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? OtherFields { get; set; }
}
