using Flip.Edge.Configuration;
using Flip.Edge.Storage;
using Flip.Edge.Supervision;

namespace Flip.Edge.Enrollment;

internal static class EnrollmentHosting
{
    public static void AddEnrollment(this IServiceCollection services, EnrollmentSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<EnrollmentFreshness>();
        services.AddWorker<EnrollmentRefresher>("enrollment");
        services.AddSingleton<EnrollmentStore>();
        services.AddSingleton<IEnrollmentFeed, EnrollmentFeed>();
    }
}
