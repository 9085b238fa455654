using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>Answers in the shape of the page's example (docs.flip.energy/api-6038136), written by hand.</summary>
internal static class PageAnswer
{
    private const string ProgramId = "497f6eca-6276-4993-bfeb-53cbbbba6f08";

    private static readonly string[] TestZipCodes = ["88800", "88801", "88802"];

    /// <summary>Whether a zip code matches the sandbox's test programs.</summary>
    public static bool HasProgram(JsonElement site) =>
        site.TryGetProperty("zip_code", out JsonElement zip) && zip.ValueKind == JsonValueKind.String && HasProgram(zip.GetString());

    public static bool HasProgram(string? zipCode) => TestZipCodes.Contains(zipCode);

    public static JsonObject Commissioned(bool hasProgram, JsonNode? enrollment)
    {
        JsonObject answer = new() { ["programs"] = hasProgram ? new JsonArray(Program()) : new JsonArray() };
        if (enrollment is not null) answer["enrollment"] = enrollment;
        return answer;
    }

    public static JsonObject Enrollment(string siteId, string[] deviceIds, string status, bool auto, DateTimeOffset at) => new()
    {
        ["id"] = Uuid("enrollment of " + siteId),
        ["device_ids"] = new JsonArray([.. deviceIds.Select(id => (JsonNode)id)]),
        ["site_id"] = siteId,
        ["program_id"] = ProgramId,
        ["enroll_method"] = auto ? "AUTO_ENROLL" : "USER_ACTION",
        ["status"] = status,
        ["status_reason"] = status == "ACTIVE" ? "Enrollment approved by utility" : null,
        ["enrolled_at"] = status == "ACTIVE" ? Instant(at) : null,
        ["unenrolled_at"] = status == "UNENROLLED" ? Instant(at) : null,
        ["program_specific_attributes"] = new JsonArray(),
        ["has_agreed_to_terms_and_conditions"] = true,
        ["terms_and_conditions_version"] = "2025-01-01",
    };

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    public static JsonObject Program() => new()
    {
        ["id"] = ProgramId,
        ["name"] = "Demo Program",
        ["description"] = "This demo program is for demo purposes.",
        ["eligible_device_types"] = new JsonArray("BATTERY"),
        ["can_auto_enroll"] = true,
        ["minimum_reserve_percentage"] = 20,
        ["minimum_commitment_months"] = 12,
        ["participation_months"] = new JsonArray(6, 7, 8, 9),
        ["earnings_for_site_upfront"] = 1000,
        ["earnings_for_site_yearly"] = 500,
        ["created_at"] = "2019-08-24T14:15:22Z",
        ["updated_at"] = "2019-08-24T14:15:22Z",
        ["enrollment_form"] = new JsonArray(),
        ["terms_and_conditions_version"] = "2025-01-01",
        ["terms_and_conditions_text"] = "**Terms and conditions** You agree to these mock terms.",
    };

    // The same site has the same enrollment id in every run.
    private static string Uuid(string seed) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(seed))[..16]).ToString();
}
