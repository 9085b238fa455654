using System.Security.Cryptography;
using Flip.Edge.Button;
using Flip.Edge.Configuration;
using Flip.Edge.Engineering;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Documents;

/// <summary>deploy/flip-edge.json, which the package installs as the conffile /etc/flip-edge/flip-edge.json, and the complete example.</summary>
public sealed class PackagedConfigurationTests
{
    private static readonly string Skeleton = Path.Combine(Repository.Root, "deploy/flip-edge.json");

    [Fact]
    public void The_installed_configuration_names_what_is_to_be_filled_in_and_nothing_else()
    {
        SettingsResult result = ConfigurationFiles.Load(Skeleton, [], TimeZoneInfo.Utc);

        Assert.Equal(["Devices:0:Endpoint", "Devices:0:Id", "Gateway:Id", "Site:Id"], result.Errors.Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.All(result.Errors, error => Assert.StartsWith("is still a placeholder in < >; put in its place: ", error.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void The_installed_configuration_is_whole_once_that_is_filled_in()
    {
        SettingsResult result = ConfigurationFiles.Load(
            Skeleton, ["Gateway:Id=gw-1", "Site:Id=site-1", "Devices:0:Id=battery-1", "Devices:0:Endpoint=tcp://192.168.1.50?unit=1"], TimeZoneInfo.Utc);

        Assert.Empty(result.Errors);
    }

    /// <summary>The keys in comments are there to be used: a line is taken as it stands.</summary>
    [Fact]
    public void The_installed_configuration_is_whole_with_every_key_that_stands_in_a_comment()
    {
        using TempDirectory directory = new();
        string all = directory.File("all.json");
        string[] lines = [.. File.ReadLines(Skeleton).Select(line => line.TrimStart().StartsWith("// \"", StringComparison.Ordinal) ? line.Replace("// ", "", StringComparison.Ordinal) : line)];
        File.WriteAllLines(all, lines);

        SettingsResult result = ConfigurationFiles.Load(
            all, ["Gateway:Id=gw-1", "Site:Id=site-1", "Devices:0:Id=battery-1", "Devices:0:Endpoint=tcp://192.168.1.50?unit=1"], TimeZoneInfo.Utc);

        Assert.Empty(result.Errors);
        Assert.Equal(("88800", 10000m, false), (result.Settings!.Site.ZipCode, result.Settings.Devices[0].Overrides.CapacityWh, result.Settings.Mqtt.Enabled));
        Assert.Equal("KEY_PROG1", KeyNames.Of(result.Settings.Button!.Input!.Key));
    }

    /// <summary>
    /// Every gateway has edited this file. When a later package brings another one, dpkg asks a person which to keep, and an unattended
    /// upgrade stops there (decision 22). New keys have defaults, and are told in flip-edge.json(5) and in the complete example.
    /// </summary>
    [Fact]
    public void The_installed_configuration_is_the_same_in_every_version_so_that_no_upgrade_asks_about_it()
    {
        Assert.Equal("9db71dd23f28f5e7fa2b51ce7da406c659c98a28a3491c248b8096b5c68b3476", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Skeleton))));
    }

    [Fact]
    public void The_complete_example_is_a_good_configuration()
    {
        Assert.Empty(ConfigurationFiles.Load(Path.Combine(Repository.Root, "deploy/flip-edge.example.json"), [], TimeZoneInfo.Utc).Errors);
    }
}
