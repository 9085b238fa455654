using System.CommandLine;
using Flip.Edge.Cli;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Cli;

public sealed class ProfilesCommandTests : IDisposable
{
    private const string Cloudy = """{ "name": "cloudy", "version": 7, "title": "Cloudy boxes", "brands": ["Cloudy"], "map": "none", "no_modbus": "Cloudy has no Modbus." }""";

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task List_names_each_family_and_what_has_to_be_typed()
    {
        _directory.Write("cloudy.json", Cloudy);

        (int code, string output, string errors) = await RunAsync("list", "--profiles", _directory.Path);

        Assert.Equal((ExitCodes.Done, ""), (code, errors));
        Assert.Contains("Cloudy boxes (your own)", output, StringComparison.Ordinal);
        Assert.Contains("has no Modbus", output, StringComparison.Ordinal);
        Assert.Contains("sunspec ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_warns_of_a_wrong_file()
    {
        string path = _directory.Write("cloudy.json", Cloudy.Replace("\"version\": 7", "\"version\": 0", StringComparison.Ordinal));

        (int code, _, string errors) = await RunAsync("list", "--profiles", _directory.Path);

        Assert.Equal(ExitCodes.Done, code);
        Assert.Equal($"warning: {path}:1: version: is 0, and has to be a whole number from 1 to 1000000\n", errors);
    }

    [Fact]
    public async Task Show_tells_how_it_is_reached_known_and_read()
    {
        (int code, string output, _) = await RunAsync("show", "solaredge", "--profiles", _directory.Path);

        Assert.Equal(ExitCodes.Done, code);
        foreach (string part in (string[])["Switch Modbus on: ", "TCP port 1502 or 502", "Unit ids: main 1", "begins with \"SolarEdge\"", "holding 57666 (0xE142)", "two sources", "takes one TCP client", "https://"])
        {
            Assert.Contains(part, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_built_in_profile_can_be_shown()
    {
        foreach (string name in Flip.Edge.Devices.Profiles.ProfileCatalog.Embedded.Names)
        {
            Assert.Equal(ExitCodes.Done, (await RunAsync("show", name, "--profiles", _directory.Path)).Code);
        }
    }

    [Fact]
    public async Task Show_of_an_unknown_name_says_which_are_near()
    {
        (int code, string output, string errors) = await RunAsync("show", "solaredg", "--profiles", _directory.Path);

        Assert.Equal((ExitCodes.Usage, ""), (code, output));
        Assert.Contains("did you mean solaredge", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_of_a_wrong_file_says_where_its_mistakes_are_told()
    {
        string path = _directory.Write("cloudy.json", "{");

        (int code, _, string errors) = await RunAsync("show", "cloudy", "--profiles", _directory.Path);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains($"{path} has mistakes: see flip-edge profiles check {path}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_names_every_mistake_of_every_file_with_line_and_key()
    {
        string good = _directory.Write("cloudy.json", Cloudy);
        string wrong = _directory.Write("rainy.json", "{ \"name\": \"rainy\",\n \"version\": 1, \"title\": \"Rainy\", \"brands\": [],\n \"map\": \"none\", \"no_modbuss\": \"None.\" }");

        (int code, string output, string errors) = await RunAsync("check", good, wrong, _directory.File("none.json"));

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Equal($"{good}: cloudy@7 is good\n", output);
        Assert.Equal(
            $"{wrong}:1: no_modbus: is missing: the sentence for a person who asks for this family\n"
            + $"{wrong}:3: no_modbuss: is no known key; did you mean no_modbus?\n"
            + $"{_directory.File("none.json")}:1: can't be read: No such file or directory\n",
            errors);
    }

    [Fact]
    public async Task Show_takes_a_file_and_tells_its_mistakes()
    {
        (int code, string output, string errors) = await RunAsync("show", _directory.Write("cloudy.json", Cloudy));
        Assert.Equal((ExitCodes.Done, ""), (code, errors));
        Assert.StartsWith("Cloudy boxes   (cloudy@7, your own)", output, StringComparison.Ordinal);

        string wrong = _directory.Write("rainy.json", "{");
        (code, output, errors) = await RunAsync("show", wrong);
        Assert.Equal((ExitCodes.Usage, ""), (code, output));
        Assert.StartsWith($"{wrong}:1: ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show", "sunspec")]
    public async Task A_directory_that_is_not_there_is_told(params string[] asked)
    {
        (int code, string output, string errors) = await RunAsync([.. asked, "--profiles", "/nonexist"]);
        Assert.Equal((ExitCodes.Usage, "", "--profiles is \"/nonexist\", and there is no such directory\n"), (code, output, errors));
    }

    [Fact]
    public async Task List_says_what_its_columns_are()
    {
        (_, string output, _) = await RunAsync("list", "--profiles", _directory.Path);
        Assert.StartsWith("profile ", output, StringComparison.Ordinal);
        Assert.Contains("to type: charge power, discharge power", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public async Task Check_of_good_files_alone_is_done()
    {
        Assert.Equal(ExitCodes.Done, (await RunAsync("check", _directory.Write("cloudy.json", Cloudy))).Code);
    }

    public void Dispose() => _directory.Dispose();

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter errors = new() { NewLine = "\n" };
        int code = await ProfilesCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }
}
