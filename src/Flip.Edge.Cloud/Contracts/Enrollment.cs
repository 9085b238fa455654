using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>
/// The enrollment of a site in a program: the twelve fields of the page (docs.flip.energy/api-6038136, "Enrollment"). All are
/// required there, so all are written; each is null here when the answer lacked it.
/// </summary>
public sealed record Enrollment
{
    /// <summary>A UUID, kept as it came.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Id { get; init; }

    /// <summary>The enrolled devices, by the ids that we gave them.</summary>
    [JsonConverter(typeof(LenientStringsConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<string>? DeviceIds { get; init; }

    /// <summary>The site, by the id that we gave it.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? SiteId { get; init; }

    /// <summary>The program's UUID, kept as it came.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ProgramId { get; init; }

    /// <summary>How the enrollment came about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public EnrollMethod? EnrollMethod { get; init; }

    /// <summary>Where the enrollment stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public EnrollmentStatus? Status { get; init; }

    /// <summary>Why, for people; may be null.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? StatusReason { get; init; }

    /// <summary>When the devices were enrolled; null when they are not yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public FlipTimestamp? EnrolledAt { get; init; }

    /// <summary>When the enrollment ended; null when it has not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public FlipTimestamp? UnenrolledAt { get; init; }

    /// <summary>The answers to the program's form; may be empty.</summary>
    [JsonConverter(typeof(LenientAttributesConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<ProgramSpecificAttribute>? ProgramSpecificAttributes { get; init; }

    /// <summary>Whether the homeowner agreed to the terms; null where a program has none.</summary>
    [JsonConverter(typeof(LenientBooleanConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool? HasAgreedToTermsAndConditions { get; init; }

    /// <summary>The version of the terms agreed to; may be null.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? TermsAndConditionsVersion { get; init; }

    /// <summary>Fields that this version does not know, kept and written back as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? OtherFields { get; set; }
}
