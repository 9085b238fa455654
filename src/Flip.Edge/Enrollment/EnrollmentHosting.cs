using Flip.Edge.Configuration;
using Flip.Edge.Storage;

namespace Flip.Edge.Enrollment;

internal static class EnrollmentHosting
{
    public static void AddEnrollment(this IServiceCollection services, EnrollmentSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<EnrollmentFreshness>();
        services.AddSingleton<EnrollmentRefresher>();
        services.AddHostedService(provider => provider.GetRequiredService<EnrollmentRefresher>());
        services.AddSingleton<EnrollmentStore>();
        services.AddSingleton<IEnrollmentFeed, EnrollmentFeed>();
    }
}
