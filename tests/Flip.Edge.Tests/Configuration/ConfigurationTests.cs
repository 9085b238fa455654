using Flip.Edge.Cloud;
using Flip.Edge.Configuration;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Configuration;

public sealed class ConfigurationTests : IDisposable
{
    private const string Good = """
        { "Gateway": { "Id": "gw-0001" },
          "Site":    { "Id": "abc-789", "StateCode": "ca", "Email": "john.doe@example.com" },
          "Devices": [ { "Id": "xyz-123", "Endpoint": "tcp://192.168.1.50?unit=1", "InstallDate": "2026-11-20", "Overrides": { "CapacityWh": 13500 } } ] }
        """;

    private const string Home = """
        { "name": "home", "version": 1, "title": "Home", "brands": [], "map": "sunspec", "transport": { "tcp": { "ports": [502] } } }
        """;

    private static readonly TimeZoneInfo Pacific = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(-8), "test", "test");
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData("""{ "Mqtt": [1] }""", "Mqtt: is a list [ … ], and has to be an object { … }")]
    [InlineData("""{ "Mqtt": false }""", "Mqtt: is false, and has to be an object: write { \"Enabled\": false }")]
    [InlineData("""{ "Mqtt": { "HomeAssistant": true } }""", "Mqtt:HomeAssistant: is true, and has to be an object: write { \"Enabled\": true }")]
    [InlineData("""{ "Logging": { "Categories": ["Flip.Edge"] } }""", "Logging:Categories: is a list [ … ], and has to be an object { … }")]
    public void What_is_no_object_is_one_error_that_says_what_to_write(string json, string expected) =>
        Assert.Equal(expected, Assert.Single(Load(Good.TrimEnd().TrimEnd('}') + "," + json[1..]).Errors).ToString());

    [Theory]
    [InlineData("Site:Id", "<your id of the site>", "the id of this site in your own system, as Flip will know it")]
    [InlineData("Site:City", "<city>", "what it stands for")]
    [InlineData("Mqtt:Port", " <port> ", "what it stands for")]
    public void A_placeholder_that_was_not_filled_in_is_named_as_such_and_not_quoted(string key, string value, string expected)
    {
        ConfigurationError error = Assert.Single(Load(Good, $"{key}={value}").Errors);

        Assert.Equal($"{key}: is still a placeholder in < >; put in its place: {expected}", error.ToString());
    }

    /// <summary>An attacker's finding: "put in its place …" invites the secret into the file.</summary>
    [Theory]
    [InlineData("Mqtt:Password=<hunter2>", "Mqtt:Password")]
    [InlineData("Mqtt:Password:0=hunter2", "Mqtt:Password")]
    [InlineData("Flip:Token=<hunter2>", "Flip:Token")]
    public void A_placeholder_of_a_secret_is_not_called_one(string setting, string key)
    {
        ConfigurationError error = Assert.Single(Load(Good, setting).Errors);

        Assert.Equal(key, error.Key);
        Assert.StartsWith("does not belong into the configuration: ", error.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Sentence, StringComparison.Ordinal);
    }

    /// <summary>An attacker's finding: "is no known key", and no name.</summary>
    [Theory]
    [InlineData("""{ "": 1 }""", "there is a key \"\" in the file: give it its name, or remove it; known here: Button, ")]
    [InlineData("""{ "Led": { "": { "": 1 } } }""", "Led: there is a key \"\" in this section: give it its name, or remove it; known here: ")]
    public void A_key_without_a_name_is_told_by_where_it_stands(string json, string expected) =>
        Assert.Contains(Load(Good.TrimEnd().TrimEnd('}') + "," + json[1..]).Errors, error => error.ToString().StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void What_is_not_said_has_its_default()
    {
        EdgeSettings settings = Load(Good).Settings!;

        Assert.Equal("/var/lib/flip-edge", settings.Gateway.DataDirectory);
        Assert.Equal(ClockRule.Synchronized, settings.Gateway.Clock);
        Assert.Equal(new Uri("https://api.flip.energy"), settings.Flip.BaseUrl);
        Assert.Equal(InputPowerIs.Charge, settings.Flip.InputPowerIs);
        Assert.Equal(TriggerMode.Manual, settings.Commissioning.Trigger);
        Assert.False(settings.Commissioning.CanAutoEnroll);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.Commissioning.Retry.BaseDelay);
        Assert.Equal(TimeSpan.FromMinutes(15), settings.Commissioning.Retry.MaxDelay);
        Assert.Equal(new MqttSettings(true, "localhost", 1883, "flip-edge"), settings.Mqtt);
        Assert.Equal("/run/flip-edge/flip-edge.sock", settings.Local.Socket);
        Assert.Equal(new Uri("http://127.0.0.1:8420"), settings.Local.Http);
        Assert.Equal("auto", settings.Devices[0].Profile);
        Assert.Equal("CA", settings.Site.StateCode);
        Assert.Equal(13_500m, settings.Devices[0].Overrides.CapacityWh);
    }

    /// <summary>A newcomer's findings: "there is no configuration file … write one" for a file that a user outside of the group may not read.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_this_user_may_not_read_is_there_and_is_told_with_what_helps(bool isInClosedDirectory)
    {
        string closed = Directory.CreateDirectory(_directory.File("closed")).FullName, file = Path.Combine(closed, "flip-edge.json");
        File.WriteAllText(file, Good);
        File.SetUnixFileMode(isInClosedDirectory ? closed : file, UnixFileMode.None);
        SettingsResult read;
        using (new AnotherUser()) read = ConfigurationFiles.Load(file, [], TimeZoneInfo.Utc);
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.StartsWith($"{file} may not be read by this user: use sudo, or join the group flip-edge", Assert.Single(read.Errors).Sentence, StringComparison.Ordinal);
    }

    /// <summary>A newcomer's finding: "is an invalid start of a value.. flip-edge config check".</summary>
    [Fact]
    public void An_error_of_the_file_has_no_full_stop_of_its_own() =>
        Assert.Contains("invalid start of a", Assert.Single(Load("{ \"Gateway\": x }").Errors, error => !error.Sentence.EndsWith('.')).Sentence, StringComparison.Ordinal);

    /// <summary>Every command ended with a stack trace, and a reload in an empty line.</summary>
    [Fact]
    public void Half_of_a_character_is_an_error_of_the_file()
    {
        ConfigurationError error = Assert.Single(Load("""{ "Gateway": { "Id": "gw-\ud800" } }""").Errors);

        Assert.EndsWith("can't be read: a text in it has half of a character: one of \\ud800 to \\udfff stands alone", error.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_begins_at_midnight_where_the_gateway_is()
    {
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.FromHours(-8)), Load(Good).Settings!.Devices[0].InstallDate);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("sunspec")]
    [InlineData("solaredge")]
    public void A_device_may_name_any_profile(string profile)
    {
        Assert.Equal(profile, Load(Good, $"Devices:0:Profile={profile}").Settings!.Devices[0].Profile);
    }

    [Theory]
    [InlineData("solaredg", "is \"solaredg\", and has to be auto or the name of a profile; did you mean solaredge")]
    [InlineData("modbus", "is \"modbus\", and has to be auto or the name of a profile; see flip-edge profiles list")]
    [InlineData("enphase", "is \"enphase\", which can't be read: Enphase")]
    public void A_profile_that_can_not_be_used_is_an_error_that_says_why(string profile, string sentence)
    {
        ConfigurationError error = Assert.Single(Load(Good, $"Devices:0:Profile={profile}").Errors);

        Assert.Equal("Devices:0:Profile", error.Key);
        Assert.StartsWith(sentence, error.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_of_the_directory_can_be_named()
    {
        _directory.Write("home.json", Home);

        EdgeSettings settings = Load(Good, $"Gateway:ProfilesDirectory={_directory.Path}", "Devices:0:Profile=home").Settings!;

        Assert.Equal("home@1", settings.Profiles.Find("home")!.Id);
        Assert.Equal("/etc/flip-edge/profiles.d", Load(Good).Settings!.Gateway.ProfilesDirectory);
    }

    [Fact]
    public void A_wrong_profile_is_no_error_unless_a_device_names_it()
    {
        string path = _directory.Write("home.json", Home.Replace("\"version\": 1", "\"version\": -1", StringComparison.Ordinal));
        string there = $"Gateway:ProfilesDirectory={_directory.Path}";

        EdgeSettings settings = Load(Good, there).Settings!;

        Assert.Contains($"{path}:1: version: is -1, and has to be a whole number from 1 to 1000000", WrongProfiles.Lines(settings.Profiles));
        Assert.Equal($"is \"home\", and {path} has mistakes: see flip-edge profiles check {path}", Assert.Single(Load(Good, there, "Devices:0:Profile=home").Errors).Sentence);
    }

    [Fact]
    public void The_directory_of_profiles_has_to_be_absolute()
    {
        Assert.Equal("Gateway:ProfilesDirectory: is \"profiles.d\", and has to be an absolute path", Assert.Single(Load(Good, "Gateway:ProfilesDirectory=profiles.d").Errors).ToString());
    }

    [Theory]
    [InlineData("2026-11-20T09:30:00-07:00", true)]
    [InlineData("2026-11-20T09:30:00Z", true)]
    [InlineData("2026-11-20T09:30:00.5+00:00", true)]
    [InlineData("2026-11-20T09:30:00", false)]
    [InlineData("20.11.2026", false)]
    [InlineData("2026-02-30", false)]
    public void A_time_needs_its_offset(string date, bool good)
    {
        SettingsResult result = Load(Good, $"Devices:0:InstallDate={date}");

        Assert.Equal(good, result.Settings is not null);
        if (!good) Assert.Equal("Devices:0:InstallDate", Assert.Single(result.Errors).Key);
    }

    [Theory]
    [InlineData("synchronized", false)]
    [InlineData("Synchronized", false)]
    [InlineData("as_set", true)]
    [InlineData("AS_SET", true)]
    public void The_clock_may_be_taken_as_it_is(string text, bool asSet)
    {
        Assert.Equal(asSet ? ClockRule.AsSet : ClockRule.Synchronized, Load(Good, $"Gateway:Clock={text}").Settings!.Gateway.Clock);
    }

    [Theory]
    [InlineData("asset")]
    [InlineData("1")]
    [InlineData("ntp")]
    public void Another_clock_is_an_error_that_names_both(string text)
    {
        ConfigurationError error = Assert.Single(Load(Good, $"Gateway:Clock={text}").Errors);

        Assert.Equal("Gateway:Clock", error.Key);
        Assert.Equal($"is \"{text}\", and has to be synchronized or as_set", error.Sentence);
    }

    [Fact]
    public void Every_error_is_told_at_once_each_with_its_key()
    {
        SettingsResult result = Load(
            """
            { "Gateway": { "Id": "gw 1", "DataDirectory": "relative" },
              "Flip":    { "BaseUrl": "http://api.flip.energy", "Token": "secret-token", "InputPowerIs": "sideways" },
              "Site":    { "StateCode": "DC", "Email": "nobody", "ServiceAccountId": "1" },
              "Devices": [ { "Id": "a", "Endpoint": "tcp://", "Profle": "auto", "Overrides": { "CapacityWh": "much" } },
                           { "Id": "a", "Endpoint": "serial:/dev/ttyS0", "Modbus": { "ResponseTimeout": "1 s" } } ],
              "Commissioning": { "Trigger": "sometimes", "CanAutoEnroll": "perhaps", "Retry": { "BaseDelay": "00:10:00", "MaxDelay": "00:00:01" } },
              "Mqtt":    { "Port": 0, "TopicPrefix": "a/#" },
              "Local":   { "Http": "http://0.0.0.0:8420", "Socket": "flip.sock" },
              "Extra":   true }
            """);

        string[] keys =
        [
            "Commissioning:CanAutoEnroll", "Commissioning:Retry:MaxDelay", "Commissioning:Trigger", "Devices", "Devices:0:Endpoint",
            "Devices:0:Overrides:CapacityWh", "Devices:0:Profle", "Devices:1:Endpoint", "Devices:1:Modbus:ResponseTimeout", "Extra", "Flip:BaseUrl",
            "Flip:InputPowerIs", "Flip:Token", "Gateway:DataDirectory", "Gateway:Id", "Local:Http", "Local:Socket", "Mqtt:Port", "Mqtt:TopicPrefix",
            "Site:Email", "Site:Id", "Site:ServiceAccountId", "Site:StateCode",
        ];
        Assert.Null(result.Settings);
        Assert.Equal(keys, result.Errors.Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.All(result.Errors, error => Assert.DoesNotContain("secret-token", error.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_that_is_set_twice_on_the_command_line_is_an_error()
    {
        ConfigurationError error = Assert.Single(Load(Good, "Mqtt:Port=1884", "mqtt:port=1885").Errors);

        Assert.Equal("mqtt:port", error.Key);
        Assert.Contains("set twice", error.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_enrollment_is_refreshed_ever_more_rarely_and_never_the_other_way_round()
    {
        EnrollmentSettings defaults = Load(Good).Settings!.Enrollment;
        Assert.Equal(new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromHours(6)), defaults);

        Assert.Equal(
            ["Enrollment:OpenRefresh", "Enrollment:SettledRefresh"],
            Load(Good, "Enrollment:FirstRefresh=12:00:00").Errors.Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_directory_in_place_of_the_file_is_told_as_one()
    {
        ConfigurationError error = Assert.Single(ConfigurationFiles.Load("/etc/", [], TimeZoneInfo.Utc).Errors);

        Assert.StartsWith("/etc/ is a directory: name the configuration file itself with --config, as in --config /etc/flip-edge.json", error.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_key_is_named_with_the_one_that_was_meant()
    {
        ConfigurationError error = Assert.Single(Load(Good, "Mqtt:Prot=1884").Errors);

        Assert.Equal("Mqtt:Prot", error.Key);
        Assert.Contains("did you mean Mqtt:Port?", error.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("15")]
    [InlineData("1 s")]
    public void A_bare_number_is_no_duration(string text)
    {
        Assert.Contains("hh:mm:ss", Assert.Single(Load(Good, $"Commissioning:Retry:MaxDelay={text}").Errors).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_pasted_in_place_of_its_file_is_not_repeated()
    {
        ConfigurationError error = Assert.Single(Load(Good, "Flip:TokenFile=fl_public_secret").Errors);

        Assert.Equal("Flip:TokenFile", error.Key);
        Assert.DoesNotContain("fl_public_secret", error.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Devices_that_are_no_list_are_one_error()
    {
        ConfigurationError error = Assert.Single(Load("""{ "Gateway": { "Id": "g" }, "Site": { "Id": "s" }, "Devices": { "Id": "x", "Endpoint": "tcp://h" } }""").Errors);

        Assert.Equal("Devices", error.Key);
        Assert.Contains("list", error.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_was_typed_for_a_state_is_not_quoted()
    {
        ConfigurationError error = Assert.Single(Load(Good, "Site:StateCode=123 Main St").Errors);

        Assert.Equal("Site:StateCode", error.Key);
        Assert.StartsWith("has 11 characters, and has to be", error.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("main", error.Sentence, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_unknown_key_of_the_environment_is_told_with_its_variable()
    {
        const string Variable = "FLIP_EDGE_Mqtt__Hast";
        Environment.SetEnvironmentVariable(Variable, "x");
        try
        {
            Assert.Contains(Variable, Assert.Single(Load(Good).Errors).Sentence, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Fact]
    public void The_environment_wins_over_the_file_and_the_command_line_over_both()
    {
        const string Variable = "FLIP_EDGE_Mqtt__Port";
        Environment.SetEnvironmentVariable(Variable, "1001");
        try
        {
            Assert.Equal(1001, Load(Good).Settings!.Mqtt.Port);
            Assert.Equal(1002, Load(Good, "Mqtt:Port=1002").Settings!.Mqtt.Port);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        SettingsResult result = ConfigurationFiles.Load(_directory.File("none.json"), [], Pacific);

        Assert.Contains(_directory.File("none.json"), Assert.Single(result.Errors).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_JSON_is_told_with_its_line()
    {
        SettingsResult result = Load("{\n  \"Gateway\": {\n    \"Id\": \n}");

        Assert.Contains("line 4, byte 1: ", Assert.Single(result.Errors).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_without_an_equals_sign_is_an_error()
    {
        Assert.Contains("KEY=VALUE", Assert.Single(Load(Good, "Mqtt:Port").Errors).Sentence, StringComparison.Ordinal);
    }

    private SettingsResult Load(string json, params string[] set) => ConfigurationFiles.Load(_directory.Write("flip-edge.json", json), set, Pacific);

    public void Dispose() => _directory.Dispose();
}
