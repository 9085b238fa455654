using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>The body of <c>POST /v1/commission</c> (docs.flip.energy/api-6038136).</summary>
public sealed record CommissionRequest
{
    /// <summary>The site.</summary>
    public required SiteCreate Site { get; init; }

    /// <summary>Its devices, at least one.</summary>
    public required IReadOnlyList<DeviceCreate> Devices { get; init; }

    /// <summary>
    /// Whether Flip may enroll the devices without asking again. True asserts that the homeowner has agreed
    /// (docs.flip.energy/doc-455995). Required on the page, optional in the change log of 2025-04-29: always sent.
    /// </summary>
    public required bool CanAutoEnroll { get; init; }

    /// <summary>Fields that this version does not know, kept and written back as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? OtherFields { get; set; }
}
