using Flip.Edge.Supervision;

namespace Flip.Edge.Button;

internal static class ButtonHosting
{
    /// <param name="services">Services.</param>
    /// <param name="settings">The button; null where none is configured, and then nothing runs.</param>
    /// <param name="time">Time.</param>
    public static void AddButton(this IServiceCollection services, ButtonSettings? settings, TimeProvider time)
    {
        services.AddSingleton<InstallerWindow>();
        List<IButtonSource> sources = [];
        if (settings?.Input is { } input) sources.Add(new InputButtonSource(input, time));
        if (settings?.Gpio is { } gpio) sources.Add(GpioButtonSource.OfThisMachine(gpio, settings.Debounce));
        services.AddSingleton(provider => new ButtonBindings(provider.GetRequiredService<ChangeSignal>(), sources.Select(source => source.Name)));
        if (settings is null) return;
        services.AddSingleton(settings);
        services.AddSingleton<ButtonPresses>();
        foreach (IButtonSource source in sources) services.AddListener(source);
        services.AddWorker<ButtonWorker>("button");
    }

    // Not AddWorker, which takes one service of each type.
    private static void AddListener(this IServiceCollection services, IButtonSource source) =>
        services.AddSingleton<IHostedService>(provider => new SupervisedWorker($"button ({source.Name})", new ButtonListener(
            source, provider.GetRequiredService<ButtonSettings>(), provider.GetRequiredService<ButtonPresses>(), provider.GetRequiredService<ButtonBindings>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ButtonListener>>()),
            provider.GetRequiredService<StepBoard>(), provider.GetRequiredService<WorkerEnds>()));
}
