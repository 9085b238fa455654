using Flip.Edge.Cloud;

namespace Flip.Edge.Enrollment;

/// <summary>What an enrollment's status means for the person at the gateway (docs.flip.energy/enrollment-process).</summary>
internal static class EnrollmentAdvice
{
    public static string Of(Cloud.Enrollment? enrollment) => enrollment?.Status switch
    {
        null when enrollment is null => "the site is commissioned, and in no program",
        null => "Flip tells no status of the enrollment; commands are not carried out",
        { } status when status == EnrollmentStatus.Active => "enrolled",
        { } status when status == EnrollmentStatus.Pending => "under review by the program; nothing is to be done here",
        { } status when status == EnrollmentStatus.NeedsAction => "the homeowner has to act: Flip has written to them by e-mail",
        { } status when status == EnrollmentStatus.Rejected => "the program has refused the site, and it can't apply again",
        { } status when status == EnrollmentStatus.Unenrolled => "the enrollment has ended",
        { } status => $"the status {status} is not known to this version; commands are not carried out",
    };
}
