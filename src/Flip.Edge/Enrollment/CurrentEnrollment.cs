using Flip.Edge.Cloud;

namespace Flip.Edge.Enrollment;

/// <summary>Chooses among the enrollments that Flip has of a site, ended and refused ones included, the one that counts now.</summary>
internal static class CurrentEnrollment
{
    /// <summary>
    /// The live one, else one under way, else one that this version does not know, else the newest that came to an end; null when there
    /// is none. The answers to its program's form are taken out: they can hold the homeowner's account number, and no worker needs them.
    /// </summary>
    public static Cloud.Enrollment? Of(IReadOnlyList<Cloud.Enrollment> enrollments) => WithoutAnswers(enrollments
        .OrderBy(enrollment => Rank(enrollment.Status))
        .ThenByDescending(enrollment => enrollment.EnrolledAt?.ToString() ?? "", StringComparer.Ordinal)
        .ThenBy(enrollment => enrollment.Id, StringComparer.Ordinal)
        .FirstOrDefault());

    /// <summary>The enrollment without the answers to its program's form.</summary>
    public static Cloud.Enrollment? WithoutAnswers(Cloud.Enrollment? enrollment) =>
        enrollment is null ? null : enrollment with { ProgramSpecificAttributes = [] };

    private static int Rank(EnrollmentStatus? status) => status switch
    {
        { } live when live == EnrollmentStatus.Active => 0,
        { } waiting when waiting == EnrollmentStatus.NeedsAction || waiting == EnrollmentStatus.Pending => 1,
        { } ended when ended == EnrollmentStatus.Rejected || ended == EnrollmentStatus.Unenrolled => 3,
        _ => 2,
    };
}
