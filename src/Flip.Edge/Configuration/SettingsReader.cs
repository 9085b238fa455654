using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Configuration;

/// <summary>The settings, or everything that is wrong with them.</summary>
/// <param name="Settings">The settings, when there is no error.</param>
/// <param name="Errors">Every error.</param>
/// <param name="Credential">The credential as configured, errors elsewhere or not.</param>
/// <param name="Mqtt">The broker as configured, errors elsewhere or not.</param>
/// <param name="Otlp">The collector as configured, errors elsewhere or not.</param>
internal sealed record SettingsResult(
    EdgeSettings? Settings, IReadOnlyList<ConfigurationError> Errors, CredentialSettings? Credential = null, MqttSettings? Mqtt = null, OtlpSettings? Otlp = null)
{
    /// <summary>What could be read, for warnings alone: in place of a wrong value stands a default. Null when a source can't be read.</summary>
    public EdgeSettings? AsFarAsRead { get; init; }
}

/// <summary>Reads and checks the whole configuration in one go, so that nobody mends one error to meet the next.</summary>
internal static class SettingsReader
{
    public static SettingsResult Read(IConfiguration configuration, TimeZoneInfo zone)
    {
        List<ConfigurationError> errors = [];
        SectionReader root = new(configuration, "", errors);
        GatewaySettings gateway = GatewaySection.Read(root.Section("Gateway"));
        ProfileCatalog profiles = ProfileCatalog.Load(gateway.ProfilesDirectory);
        EdgeSettings settings = new(
            gateway,
            FlipSection.Read(root.Section("Flip")),
            SiteSection.Read(root.Section("Site")),
            DevicesSection.Read(root, zone, profiles),
            CommissioningSection.Read(root.Section("Commissioning")),
            EnrollmentSection.Read(root.Section("Enrollment")),
            MqttSection.Read(root.Section("Mqtt", isSwitched: true)),
            LocalSection.Read(root.Section("Local")),
            profiles,
            ButtonSection.Read(root.Section("Button")),
            LedSection.Read(root.Section("Led")))
        {
            Logging = LoggingSection.Read(root.Section("Logging")),
            Otlp = OtlpSection.Read(root.Section("Otlp")),
        };
        root.Close();
        return new(errors.Count == 0 ? settings : null, errors, settings.Flip.Credential, settings.Mqtt, settings.Otlp) { AsFarAsRead = settings };
    }
}
