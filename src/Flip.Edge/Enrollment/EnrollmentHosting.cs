using Flip.Edge.Storage;

namespace Flip.Edge.Enrollment;

internal static class EnrollmentHosting
{
    public static void AddEnrollment(this IServiceCollection services)
    {
        services.AddSingleton<EnrollmentStore>();
        services.AddSingleton<IEnrollmentFeed, EnrollmentFeed>();
    }
}
