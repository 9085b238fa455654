using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>A device as Flip has it (<c>GET /v1/site/{siteId}/devices</c>); what Flip did not say is null.</summary>
public sealed record SiteDevice
{
    /// <summary>The OEM's device id.</summary>
    [JsonConverter(typeof(LenientStringConverter))]
    public string? Id { get; init; }

    /// <summary>Its serial number.</summary>
    [JsonConverter(typeof(LenientStringConverter))]
    public string? SerialNumber { get; init; }
}
