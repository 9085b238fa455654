using System.Globalization;
using System.Text;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Devices.Tests.Profiles.Files;

/// <summary>Files that somebody made to do harm, and files that claim every device: they are told, and bring nothing down.</summary>
public sealed class HostileProfileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fe-hostile-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    public static TheoryData<string, string> Texts() => new()
    {
        { "lists in lists", new string('[', 100_000) },
        { "objects in objects", string.Concat(Enumerable.Repeat("{\"a\":", 40_000)) },
        { "closed lists in lists", new string('[', 60) + new string(']', 60) },
        { "a name of 200,000 characters", $"{{\"{new string('a', 200_000)}\": 1}}" },
        { "200,000 characters of text", $"{{\"name\": \"{new string('a', 200_000)}\"}}" },
        { "one name 20,000 times", $"{{{string.Join(',', Enumerable.Repeat("\"name\":1", 20_000))}}}" },
        { "10,000 names", $"{{{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"n{i}\":{{}}"))}}}" },
        { "a text that does not end", "{\"name\": \"" },
        { "half an escape", "{\"name\": \"\\u12" },
        { "half a surrogate pair", "{\"name\": \"\\ud800\"}" },
        { "half a surrogate pair as a name", "{\"\\udfff\": 1}" },
        { "NUL in a text", "{\"name\": \"a\\u0000b\"}" },
        { "two roots", "{}{}" },
        { "a comment", "{/* */}" },
        { "nothing", "" },
        { "NaN", "{\"version\": NaN}" },
        { "a bare number", "1e999" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Whatever_the_text_is_there_is_a_mistake_and_no_exception(string what, string json)
    {
        Assert.NotEmpty(what);
        Assert.Null(Sample.Read(json, out IReadOnlyList<ProfileMistake> mistakes));
        Assert.NotEmpty(mistakes);
        Assert.All(mistakes, mistake => Assert.InRange(mistake.Message.Length, 1, 1000));
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("0x10000000000000000")]
    public void A_number_beyond_all_measure_is_a_mistake(string number)
    {
        Assert.NotEmpty(Sample.MistakesAfter("\"scale\": 10,", $"\"scale\": {number},"));
        Assert.NotEmpty(Sample.MistakesAfter("\"between\": [500, 1000000]", $"\"between\": [{number}, {number}]"));
        Assert.NotEmpty(Sample.MistakesAfter("\"address\": 20,", $"\"address\": {number},"));
        Assert.NotEmpty(Sample.MistakesAfter("\"version\": 3", $"\"version\": {number}"));
    }

    [Fact]
    public void A_list_of_forty_thousand_numbers_is_read_as_any_other()
    {
        string codes = string.Join(',', Enumerable.Range(0, 40_000));

        Assert.Contains("stands in this list twice", Sample.MistakesAfter("\"not_in\": [0]", $"\"not_in\": [{codes},7]"), StringComparison.Ordinal);
        Assert.NotEmpty(Sample.MistakesAfter("\"bases\": [1000, \"0x0500\"]", $"\"bases\": [{codes},7]"));
        Assert.NotEmpty(Sample.MistakesAfter("\"starts_with\": [\"VT\"]", $"\"starts_with\": [{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"{i}\""))},\"7\"]"));
    }

    [Fact]
    public void More_bytes_than_a_profile_has_are_not_even_parsed() =>
        Assert.Equal("has more than 262144 bytes", Assert.Single(Mistakes(new string(' ', ProfileFile.MostBytes + 1))).Message);

    /// <summary>Neither a device's largest number nor a file's largest scale makes an overflow: the value is invalid, and says so.</summary>
    [Theory]
    [InlineData("\"capacity\": { \"address\": 1, \"type\": \"u64\", \"unit\": \"Wh\", \"scale\": 79228162514264337593543950335 }", "\"capacity\"")]
    [InlineData("\"capacity\": { \"address\": 1, \"type\": \"u64\", \"unit\": \"Wh\", \"scale\": 10000 }", "{ \"product\": [\"capacity\", 1000000, 1000000] }")]
    [InlineData("\"capacity\": { \"address\": 1, \"type\": \"u64\", \"unit\": \"Wh\" }, \"tiny\": { \"address\": 1, \"type\": \"u16\", \"scale\": 0.0000000000000000000000001 }", "{ \"quotient\": [\"capacity\", \"tiny\"] }")]
    [InlineData("\"capacity\": { \"address\": 5, \"type\": \"text\", \"registers\": 14 }", "{ \"digits_of\": \"capacity\", \"after\": \"S\", \"scale\": 1000000 }")]
    public async Task A_number_beyond_all_measure_is_invalid(string points, string capacity)
    {
        DeviceTables tables = new();
        tables.Holding(1).U16(0, 7).Fill(1, 4).Text(5, 14, "S999999999999999999999999999").Fill(19, 20);
        for (int address = 1; address < 5; address++) tables.Holding(1).U16(address, 0xFFFE);

        Nameplate nameplate = await ReadAsync(Profile("wide", points, capacity), tables);

        Assert.Equal(FieldState.Invalid, nameplate.CapacityWh.State);
        Assert.Contains("anything here can be", nameplate.CapacityWh.Reason, StringComparison.Ordinal);
    }

    /// <summary>A file may claim everything, and make a number of anything: that is its author's right. Whose word it is, the nameplate says.</summary>
    [Theory]
    [InlineData(DeviceProbe.Auto)]
    [InlineData("claims-all")]
    public async Task A_profile_of_the_directory_that_claims_every_device_is_named_on_the_nameplate(string asked)
    {
        Write(Profile("claims-all", "\"capacity\": { \"address\": 20, \"type\": \"u16\", \"unit\": \"Wh\" }", "\"capacity\""));

        Nameplate nameplate = await FindAndReadAsync(asked);

        Assert.Equal("claims-all@1", nameplate.Profile);
        Assert.Contains(nameplate.Warnings, warning => warning.Code == "profile"
            && warning.Sentence.Contains("claims-all@1 is this gateway's own, from its directory of profiles", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DeviceProbe.Auto)]
    [InlineData("sungrow-sh")]
    public async Task One_that_replaces_a_built_in_profile_under_its_name_and_version_is_told_from_it(string asked)
    {
        Write(Profile("sungrow-sh", "\"capacity\": { \"address\": 20, \"type\": \"u16\", \"unit\": \"Wh\" }", "\"capacity\""));

        Nameplate nameplate = await FindAndReadAsync(asked);

        Assert.Equal(ProfileCatalog.Embedded.Find("sungrow-sh")!.Id, nameplate.Profile);
        Assert.Contains(nameplate.Warnings, warning => warning.Sentence.Contains("not one of those built in", StringComparison.Ordinal));
    }

    private static IReadOnlyList<ProfileMistake> Mistakes(string json)
    {
        ProfileFile.Read(Encoding.UTF8.GetBytes(json), out IReadOnlyList<ProfileMistake> mistakes);
        return mistakes;
    }

    // Its anchor is true of every register.
    private static string Profile(string name, string points, string capacity) => string.Create(CultureInfo.InvariantCulture, $$"""
        { "name": "{{name}}", "version": 1, "title": "Any", "brands": [], "map": "registers", "sources": { "s": { "title": "me", "url": null } }, "source": "s", "confidence": "two_sources",
          "transport": { "tcp": { "ports": [502] } }, "units": { "main": [1] }, "probe": { "order": 0 },
          "points": { "any": { "address": 0, "type": "u16" }, {{points}} },
          "anchor": [ { "point": "any", "between": [0, 65535] } ],
          "nameplate": { "manufacturer": { "constant": "Any" }, "model": { "missing": "it is not told" }, "serial_number": { "missing": "it is not told" },
                         "capacity_wh": {{capacity}}, "inverter_charge_w": { "missing": "it is not told" }, "inverter_discharge_w": { "missing": "it is not told" } } }
        """);

    private static async Task<Nameplate> ReadAsync(string json, DeviceTables tables)
    {
        await using BankClient client = new(new SimulatedDevice(tables, DeviceWire.Tcp));
        return (await new NameplateReader(new HurriedTime()).ReadAsync(client, 1, Sample.Read(json), TestContext.Current.CancellationToken)).Nameplate;
    }

    private async Task<Nameplate> FindAndReadAsync(string asked)
    {
        DeviceTables tables = new();
        tables.Holding(1).Fill(0, 40).U16(20, 9700);
        SimulatedDevice device = new(tables, DeviceWire.Tcp);
        ProbeConnector connect = (at, options) => new BankClient(device, at, options);
        IdentifiedDevice found = await new DeviceProbe(ProfileCatalog.Load(_directory), connect, new Microsoft.Extensions.Time.Testing.FakeTimeProvider()).FindAsync(
            ModbusEndpoint.Parse("tcp://h:502?unit=1"), asked, new(), ProbeScope.Person, null, TestContext.Current.CancellationToken);
        return (await new DeviceReader(connect, new HurriedTime()).ReadAsync(found, TestContext.Current.CancellationToken)).Nameplate;
    }

    private void Write(string json)
    {
        DeviceProfile profile = Sample.Read(json);
        File.WriteAllText(Path.Combine(_directory, $"{profile.Name}.json"), json);
    }
}
