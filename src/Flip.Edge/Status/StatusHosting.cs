namespace Flip.Edge.Status;

internal static class StatusHosting
{
    public static void AddStatus(this IServiceCollection services)
    {
        services.AddSingleton<StatusView>();
    }
}
