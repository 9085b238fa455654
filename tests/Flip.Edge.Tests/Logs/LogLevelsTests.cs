using Flip.Edge.Configuration;
using Flip.Edge.Logs;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flip.Edge.Tests.Logs;

public sealed class LogLevelsTests
{
    [Theory]
    [InlineData("Flip.Edge.Monitoring.DeviceMonitor", LogLevel.Information, true)]
    [InlineData("Flip.Edge.Monitoring.DeviceMonitor", LogLevel.Debug, false)]
    [InlineData("Microsoft.Hosting.Lifetime", LogLevel.Information, false)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning, true)]
    [InlineData("MicrosoftOfOurs", LogLevel.Information, true)]
    public void By_default_ours_are_shown_from_information_on_and_the_libraries_from_warning_on(string category, LogLevel level, bool isShown) =>
        Assert.Equal(isShown, new LogLevels(LoggingSettings.Default).Allows(category, level));

    [Theory]
    [InlineData("Flip.Edge.Monitoring.DeviceFinder", LogLevel.Debug, true)]
    [InlineData("Flip.Edge.Monitoring.DeviceMonitor", LogLevel.Debug, false)]
    [InlineData("Flip.Edge.MonitoringElse", LogLevel.Information, false)]
    [InlineData("Flip.Edge.Commissioning.SendingStep", LogLevel.Information, false)]
    [InlineData("Microsoft.Hosting.Lifetime", LogLevel.Information, true)]
    public void The_longest_name_that_a_category_begins_with_decides(string category, LogLevel level, bool isShown)
    {
        LogLevels levels = new(new(LogThreshold.Warning,
        [
            new("Flip.Edge.Monitoring", LogThreshold.Information), new("flip.edge.monitoring.devicefinder", LogThreshold.Debug), new("Microsoft", LogThreshold.Information),
        ]));

        Assert.Equal(isShown, levels.Allows(category, level));
    }

    [Fact]
    public async Task A_reload_changes_the_level_of_the_running_daemon()
    {
        using TempDirectory directory = new();
        EdgeSettings settings = EdgeUnderTest.Settings(directory, null);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        ILogger log = edge.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Flip.Edge.Monitoring.DeviceMonitor");
        Assert.False(log.IsEnabled(LogLevel.Debug));

        edge.Configuration = new(settings with { Logging = new(LogThreshold.Debug, []) }, []);
        using HttpResponseMessage reloaded = await edge.PostAsync("/api/v1/reload");

        Assert.Contains("\"need_restart\":[]", await reloaded.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(log.IsEnabled(LogLevel.Debug));
    }
}
