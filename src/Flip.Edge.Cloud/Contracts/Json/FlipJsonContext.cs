using System.Text.Json.Serialization;

namespace Flip.Edge.Cloud;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    WriteIndented = false,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CommissionRequest))]
[JsonSerializable(typeof(CommissionResponse))]
[JsonSerializable(typeof(Enrollment))]
[JsonSerializable(typeof(FlipProgram))]
[JsonSerializable(typeof(SiteDevice))]
[JsonSerializable(typeof(EnrollmentFormField))]
[JsonSerializable(typeof(ProgramSpecificAttribute))]
[JsonSerializable(typeof(DeviceType))]
internal sealed partial class FlipJsonContext : JsonSerializerContext;
