using Flip.Edge.Configuration;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Monitoring;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Monitoring;

public sealed class ReloadedProfilesTests : IDisposable
{
    private const string OwnSunSpec = """
        { "name": "sunspec", "version": 42, "title": "Our own", "brands": [], "map": "sunspec", "transport": { "tcp": { "ports": [502] } } }
        """;

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task A_device_that_was_found_is_found_again_with_profiles_that_were_read_anew()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        ProfileCatalog now = ProfileCatalog.Embedded;
        DeviceFinder finder = new(
            Settings.Device("xyz-123", device.Endpoint.ToString()), () => now, new ModbusConnections(TimeProvider.System), TimeProvider.System, new LogLines<DeviceFinder>());
        Assert.Equal(ProfileCatalog.Embedded.Find("sunspec")!.Id, (await ReadAsync(finder)).Profile);

        _directory.Write("sunspec.json", OwnSunSpec);
        now = ProfileCatalog.Load(_directory.Path);

        Assert.Equal("sunspec@42", (await ReadAsync(finder)).Profile);
    }

    [Fact]
    public void Another_directory_of_profiles_needs_no_restart()
    {
        EdgeSettings before = Settings.For(_directory.Path);
        CurrentSettings settings = new(before);
        _directory.Write("sunspec.json", OwnSunSpec);
        EdgeSettings after = before with { Gateway = before.Gateway with { ProfilesDirectory = _directory.Path }, Profiles = ProfileCatalog.Load(_directory.Path) };

        Assert.Empty(settings.Replace(after));
        Assert.Equal("sunspec@42", settings.Now.Profiles.Find("sunspec")!.Id);
    }

    [Fact]
    public void Wrong_profiles_are_warnings_in_the_log_and_not_without_end()
    {
        string wrong = _directory.Write("home.json", $"{{ {string.Join(", ", Enumerable.Range(0, 50).Select(i => $"\"key{i}\": 1"))} }}");
        LogLines<DeviceFinder> log = new();

        WrongProfiles.Log(log, ProfileCatalog.Load(_directory.Path));

        Assert.Equal(11, log.Lines.Count);
        Assert.Contains(log.Lines, line => line.Line.Contains($"The profile {wrong} is left out: 1: ", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Line.Contains("mistakes: flip-edge profiles check tells all", StringComparison.Ordinal));
    }

    public void Dispose() => _directory.Dispose();

    private static async Task<Nameplate> ReadAsync(DeviceFinder finder) => (await finder.ReadAsync(TestContext.Current.CancellationToken)).Nameplate;
}
