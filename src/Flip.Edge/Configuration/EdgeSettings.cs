using Flip.Edge.Button;
using Flip.Edge.Cloud;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Leds;
using Flip.Edge.Modbus;

namespace Flip.Edge.Configuration;

/// <summary>The whole configuration, checked, with the profiles that it names. See <c>docs/configuration.md</c> for each key.</summary>
internal sealed record EdgeSettings(
    GatewaySettings Gateway,
    FlipSettings Flip,
    SiteSettings Site,
    IReadOnlyList<DeviceSettings> Devices,
    CommissioningSettings Commissioning,
    EnrollmentSettings Enrollment,
    MqttSettings Mqtt,
    LocalSettings Local,
    ProfileCatalog Profiles,
    ButtonSettings? Button = null,
    LedSettings? Led = null)
{
    /// <summary>What is logged.</summary>
    public LoggingSettings Logging { get; init; } = LoggingSettings.Default;

    /// <summary>Where metrics and log lines are sent.</summary>
    public OtlpSettings Otlp { get; init; } = OtlpSettings.None;
}

/// <param name="Id">Identity of this gateway in topics; letters, digits, dash, dot and underscore.</param>
/// <param name="DataDirectory">Where the outbox lives.</param>
/// <param name="Clock">Which clock may date a commissioning.</param>
/// <param name="ProfilesDirectory">Where profiles are, beside those built in.</param>
internal sealed record GatewaySettings(
    string Id, string DataDirectory, ClockRule Clock = ClockRule.Synchronized, string ProfilesDirectory = ProfileFiles.DefaultDirectory)
{
    public string DatabaseFile => DatabaseIn(DataDirectory);

    public static string DatabaseIn(string dataDirectory) => Path.Combine(dataDirectory, "flip-edge.db");
}

/// <summary>Which clock may date a commissioning.</summary>
internal enum ClockRule
{
    /// <summary>Any but one that is known not to be synchronised yet.</summary>
    Synchronized,

    /// <summary>The clock as somebody has set it, synchronised or not.</summary>
    AsSet,
}

/// <param name="BaseUrl">Flip's API; https, or http on loopback.</param>
/// <param name="Credential">How the gateway shows Flip who it is.</param>
/// <param name="InputPowerIs">Which direction <c>battery_power_input_w</c> means.</param>
/// <param name="Timeout">How long one request may take.</param>
internal sealed record FlipSettings(Uri BaseUrl, CredentialSettings Credential, InputPowerIs InputPowerIs, TimeSpan Timeout);

/// <summary>The customer's site as Flip knows it. Everything but the id is optional.</summary>
internal sealed record SiteSettings(
    string Id, string? FirstName, string? LastName, string? CompanyName, string? Email, string? StateCode,
    string? City, string? ZipCode, string? StreetAddress, string? StreetAddress2)
{
    /// <summary>The id alone: the rest is homeowner data, and one careless log line would tell it.</summary>
    public override string ToString() => $"site {Id}";
}

/// <param name="Id">The OEM's id of this device.</param>
/// <param name="Endpoint">Where it answers.</param>
/// <param name="Profile"><c>auto</c> or a profile's name.</param>
/// <param name="InstallDate">The day of installation, or null for the day of commissioning.</param>
/// <param name="Overrides">What the installer typed.</param>
/// <param name="Modbus">What was set of the timing and limits of the connection; the rest the profile decides.</param>
internal sealed record DeviceSettings(
    string Id, ModbusEndpoint Endpoint, string Profile, DateTimeOffset? InstallDate, NameplateOverrides Overrides, ModbusWishes Modbus);

/// <summary>What starts a commissioning.</summary>
internal enum TriggerMode
{
    /// <summary>A person: button, local endpoint or command.</summary>
    Manual,

    /// <summary>The daemon, as soon as it runs.</summary>
    Automatic,
}

/// <param name="Trigger">What starts it.</param>
/// <param name="CanAutoEnroll">Whether the homeowner has agreed to be enrolled without further ado.</param>
/// <param name="Retry">How tries are spaced.</param>
internal sealed record CommissioningSettings(TriggerMode Trigger, bool CanAutoEnroll, RetrySettings Retry);

/// <param name="BaseDelay">The window of the first retry.</param>
/// <param name="MaxDelay">The largest window.</param>
internal sealed record RetrySettings(TimeSpan BaseDelay, TimeSpan MaxDelay);

/// <summary>How often Flip is asked for the enrollment: soon after a change, then ever more rarely.</summary>
/// <param name="FirstRefresh">The interval after a change.</param>
/// <param name="OpenRefresh">The longest interval while something may still come of it: none, pending, needs action, unknown.</param>
/// <param name="SettledRefresh">The longest interval once it is active, rejected or ended.</param>
internal sealed record EnrollmentSettings(TimeSpan FirstRefresh, TimeSpan OpenRefresh, TimeSpan SettledRefresh);

/// <param name="Socket">Path of the Unix socket.</param>
/// <param name="Http">Loopback address to listen on, or null for none.</param>
internal sealed record LocalSettings(string Socket, Uri? Http);
