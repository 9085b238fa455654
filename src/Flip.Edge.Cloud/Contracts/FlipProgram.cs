using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

/// <summary>
/// One program: the fifteen fields of the page (docs.flip.energy/api-6038136, "Program"). All are required there, so all are
/// written; each is null here when the answer lacked it.
/// </summary>
public sealed record FlipProgram
{
    /// <summary>A UUID, kept as it came.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Id { get; init; }

    /// <summary>For people.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Name { get; init; }

    /// <summary>For people.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Description { get; init; }

    /// <summary>The types of device that may take part.</summary>
    [JsonConverter(typeof(LenientDeviceTypesConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<DeviceType>? EligibleDeviceTypes { get; init; }

    /// <summary>Whether the program permits enrollment without a further question to the homeowner.</summary>
    [JsonConverter(typeof(LenientBooleanConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool? CanAutoEnroll { get; init; }

    /// <summary>The lowest state of charge in % that the battery can reach during events. An integer on the page.</summary>
    [JsonConverter(typeof(LenientNumberConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public decimal? MinimumReservePercentage { get; init; }

    /// <summary>In months; null on the page where it is not known. An integer on the page.</summary>
    [JsonConverter(typeof(LenientNumberConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public decimal? MinimumCommitmentMonths { get; init; }

    /// <summary>Calendar months (1–12) in which the program is active.</summary>
    [JsonConverter(typeof(LenientMonthsConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<int>? ParticipationMonths { get; init; }

    /// <summary>Estimated one-time earnings; the page names no currency. An integer on the page.</summary>
    [JsonConverter(typeof(LenientNumberConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public decimal? EarningsForSiteUpfront { get; init; }

    /// <summary>Estimated earnings a year; the page names no currency. An integer on the page.</summary>
    [JsonConverter(typeof(LenientNumberConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public decimal? EarningsForSiteYearly { get; init; }

    /// <summary>When the program was created.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public FlipTimestamp? CreatedAt { get; init; }

    /// <summary>When the program was last changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public FlipTimestamp? UpdatedAt { get; init; }

    /// <summary>What the program wants to know of the homeowner on enrollment; may be empty.</summary>
    [JsonConverter(typeof(LenientFormConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<EnrollmentFormField>? EnrollmentForm { get; init; }

    /// <summary>Current version of the terms, if there are any. Not for display.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? TermsAndConditionsVersion { get; init; }

    /// <summary>Full text of the terms in Markdown, if there are any. For display.</summary>
    [JsonConverter(typeof(LenientStringConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? TermsAndConditionsText { get; init; }

    /// <summary>Fields that this version does not know, kept and written back as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? OtherFields { get; set; }
}
