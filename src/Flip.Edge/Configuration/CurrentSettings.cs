using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Configuration;

/// <summary>
/// The settings as they are now: those of the start, replaced by a reload, and with the site data that a person gave over the endpoint
/// on top. Take <see cref="Now"/> once for each piece of work.
/// </summary>
internal sealed class CurrentSettings(EdgeSettings configured)
{
    private volatile EdgeSettings _configured = configured;
    private volatile SiteSettings? _given;
    private volatile ProfileCatalog _profiles = configured.Profiles;
    private volatile ConfigurationState _state = ConfigurationState.Used;

    /// <summary>
    /// Held while settings are replaced and while a request is frozen of them: so that nobody who was told that their data are taken finds
    /// the old ones sent.
    /// </summary>
    public Lock Freezing { get; } = new();

    /// <summary>Whether what a person gave of the site stands in place of the configuration's.</summary>
    public bool IsSiteGiven => _given is not null;

    public EdgeSettings Now => _given is { } site ? _configured with { Site = site } : _configured;

    /// <summary>How they stand to the files, since the last reload.</summary>
    public ConfigurationState State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>The site without what a person gave: what there is again once that is commissioned.</summary>
    public SiteSettings ConfiguredSite => _configured.Site;

    /// <summary>Takes over what a reload may change; the rest stays as the daemon was started.</summary>
    /// <returns>The sections that were changed, and are only used after a restart.</returns>
    public IReadOnlyList<string> Replace(EdgeSettings read)
    {
        EdgeSettings running = _configured;
        List<string> needRestart = [];
        if (read.Gateway with { ProfilesDirectory = running.Gateway.ProfilesDirectory } != running.Gateway) needRestart.Add("Gateway");
        if (read.Flip with { InputPowerIs = running.Flip.InputPowerIs } != running.Flip) needRestart.Add("Flip");
        if (read.Commissioning.Retry != running.Commissioning.Retry) needRestart.Add("Commissioning:Retry");
        if (read.Enrollment != running.Enrollment) needRestart.Add("Enrollment");
        if (read.Mqtt != running.Mqtt) needRestart.Add("Mqtt");
        if (read.Local != running.Local) needRestart.Add("Local");
        if (read.Button != running.Button) needRestart.Add("Button");
        if (read.Led != running.Led) needRestart.Add("Led");
        if (read.Otlp != running.Otlp) needRestart.Add("Otlp");
        lock (Freezing)
        {
            _configured = running with
            {
                Flip = running.Flip with { InputPowerIs = read.Flip.InputPowerIs },
                Site = read.Site,
                Devices = read.Devices,
                Commissioning = read.Commissioning with { Retry = running.Commissioning.Retry },
                Profiles = read.Profiles,
                Logging = read.Logging,
            };
        }

        return needRestart;
    }

    /// <summary>The profiles that devices are read with from now on.</summary>
    public ProfileCatalog Profiles
    {
        get => _profiles;
        set => _profiles = value;
    }

    /// <summary>Lays what a person gave of the site over the configuration; null takes it away.</summary>
    public void Give(SiteSettings? site) => _given = site;
}
