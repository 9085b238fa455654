using System.Text.Json;
using System.Text.Json.Serialization;
using Flip.Edge.Cloud;

namespace Flip.Edge.Enrollment;

/// <summary>An enrollment state as it stands in the database: our own ids, and Flip's answer in Flip's own form.</summary>
internal sealed record StoredEnrollment(string SiteId, IReadOnlyList<string> DeviceIds, JsonElement Answer);

/// <summary>Writes and reads enrollment states.</summary>
internal static class EnrollmentText
{
    public static string Write(EnrollmentState state)
    {
        CommissionResponse answer = new() { Programs = state.Programs, Enrollment = state.Enrollment };
        using JsonDocument document = JsonDocument.Parse(CommissionSerializer.Serialize(answer));
        return JsonSerializer.Serialize(
            new StoredEnrollment(state.SiteId, state.DeviceIds, document.RootElement), EnrollmentJson.Default.StoredEnrollment);
    }

    /// <exception cref="JsonException">The text was not written by <see cref="Write"/>.</exception>
    public static EnrollmentState Read(string text)
    {
        StoredEnrollment stored = JsonSerializer.Deserialize(text, EnrollmentJson.Default.StoredEnrollment) ?? throw new JsonException("the state is null");
        CommissionResponse answer = CommissionSerializer.DeserializeResponse(JsonSerializer.SerializeToUtf8Bytes(stored.Answer, EnrollmentJson.Default.JsonElement));
        return new(stored.SiteId, stored.DeviceIds, answer.Programs, answer.Enrollment);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(StoredEnrollment))]
internal sealed partial class EnrollmentJson : JsonSerializerContext;
