using Flip.Edge.Cloud;

namespace Flip.Edge.Enrollment;

/// <summary>What Flip says of the site: its devices, the programs it may join, and its enrollment, or none.</summary>
/// <param name="SiteId">The OEM's site id.</param>
/// <param name="DeviceIds">The OEM's ids of the commissioned devices.</param>
/// <param name="Programs">Programs the devices are eligible for.</param>
/// <param name="Enrollment">The enrollment as it came, unknown statuses and fields included; null when the site is not enrolled.</param>
public sealed record EnrollmentState(
    string SiteId, IReadOnlyList<string> DeviceIds, IReadOnlyList<FlipProgram> Programs, Cloud.Enrollment? Enrollment);

/// <summary>An enrollment state with its place in the feed.</summary>
/// <param name="Version">1 for the first, then strictly growing; the same over restarts.</param>
/// <param name="RecordedAt">When the gateway learned of it.</param>
/// <param name="State">The state.</param>
public sealed record EnrollmentSnapshot(long Version, DateTimeOffset RecordedAt, EnrollmentState State);
