using Flip.Edge.Cloud;

namespace Flip.Edge.Enrollment;

/// <summary>What of an answer of Flip's is worth a new version, and what is still to come.</summary>
internal static class EnrollmentNews
{
    /// <summary>
    /// Whether two answers say the same. Fields that this version does not know are kept, but are no news by themselves: one that changes
    /// with every answer would wear the flash.
    /// </summary>
    public static bool IsSame(Cloud.Enrollment? one, Cloud.Enrollment? other) => EnrollmentText.Write(Known(one)) == EnrollmentText.Write(Known(other));

    /// <summary>Whether hardly anything will come of it any more: live, refused or ended.</summary>
    public static bool IsSettled(Cloud.Enrollment? enrollment) =>
        enrollment?.Status is { } status && (status == EnrollmentStatus.Active || status == EnrollmentStatus.Rejected || status == EnrollmentStatus.Unenrolled);

    /// <summary>Whether the enrollment is in a program that is not among those that are known, as after a commission that was found by asking.</summary>
    public static bool LacksProgram(EnrollmentState state) =>
        state.Enrollment?.ProgramId is { } id && !state.Programs.Any(program => program.Id == id);

    private static EnrollmentState Known(Cloud.Enrollment? enrollment) =>
        new("", [], [], enrollment is null ? null : enrollment with { OtherFields = null });
}
