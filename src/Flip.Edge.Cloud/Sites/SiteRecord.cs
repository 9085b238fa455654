namespace Flip.Edge.Cloud;

/// <summary>A site as Flip has it.</summary>
/// <param name="SiteId">The OEM's site id.</param>
/// <param name="Devices">Its devices.</param>
/// <param name="Enrollments">Its enrollments, as they came.</param>
public sealed record SiteRecord(string SiteId, IReadOnlyList<SiteDevice> Devices, IReadOnlyList<Enrollment> Enrollments);
