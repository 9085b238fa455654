using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>
/// The answer to <c>POST /v1/commission</c> (docs.flip.energy/api-6038136). The <c>programs</c> array is what makes an answer a
/// commission response; everything below it is read leniently, because a site that is commissioned must not be taken for one that
/// is not on account of one odd field. A value of an unexpected kind is null here and still in the raw body.
/// </summary>
public sealed record CommissionResponse
{
    /// <summary>The programs that the site is eligible for; may be empty.</summary>
    public required IReadOnlyList<FlipProgram> Programs { get; init; }

    /// <summary>Optional: there when the site could be enrolled at once.</summary>
    [JsonConverter(typeof(LenientEnrollmentConverter))]
    public Enrollment? Enrollment { get; init; }

    /// <summary>Fields that this version does not know, kept and written back as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? OtherFields { get; set; }
}
