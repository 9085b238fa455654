using System.CommandLine;
using Flip.Edge.Cli;
using Flip.Edge.Configuration;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Modbus;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Cli;

/// <summary>What the program tells the shells; CompletionTests of the system tests have the shells themselves.</summary>
public sealed class CompletionsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void A_profile_is_completed_by_auto_and_each_family_that_can_be_read()
    {
        IEnumerable<string> readable = ProfileCatalog.Embedded.Names.Where(name => ProfileNames.Wrong(name, ProfileCatalog.Embedded) is null);

        Assert.Equal([.. readable.Append("auto").Order(StringComparer.Ordinal)], Suggested($"probe tcp://h --profiles {_directory.Path} --profile "));
        Assert.Contains(ProfileCatalog.Embedded.Names, name => !readable.Contains(name));
    }

    [Fact]
    public void A_profile_that_is_shown_is_completed_by_every_family_and_those_of_the_directory_that_is_named()
    {
        string sunspec = File.ReadAllText(Path.Combine(Engineering.Repository.Root, "src/Flip.Edge.Devices/Profiles/Families/sunspec.json"));
        _directory.Write("mine.json", sunspec.Replace("\"name\": \"sunspec\"", "\"name\": \"mine\"", StringComparison.Ordinal));

        Assert.Equal([.. ProfileCatalog.Embedded.Names.Append("mine").Order(StringComparer.Ordinal)], Suggested($"profiles show --profiles {_directory.Path} "));
    }

    [Theory]
    [InlineData("", "none even odd")]
    [InlineData("o", "odd")]
    [InlineData("none,", "none,even none,odd")]
    [InlineData("none,e", "none,even")]
    [InlineData("even,none,", "even,none,odd")]
    public void A_list_is_completed_at_its_end_and_no_member_comes_twice(string typed, string expected)
    {
        Assert.Equal([.. expected.Split(' ').Order(StringComparer.Ordinal)], Suggested($"scan rtu /dev/ttyUSB0 --parity {typed}"));
    }

    [Fact]
    public void The_parities_that_are_suggested_are_those_that_are_taken_and_no_other()
    {
        Assert.Null(NumberList.TryReadParities(string.Join(',', Suggested("scan rtu /dev/ttyUSB0 --parity ")), out IReadOnlyList<SerialParity>? parities));
        Assert.Equal(Enum.GetValues<SerialParity>(), parities!.Order());
    }

    [Fact]
    public void The_speeds_that_are_suggested_are_taken()
    {
        string[] speeds = Suggested("scan rtu /dev/ttyUSB0 --baud ");

        Assert.Contains("9600", speeds);
        Assert.Null(NumberList.TryRead(string.Join(',', speeds), "--baud", 300, 4_000_000, out _));
    }

    // The values alone, and of those what a shell keeps: what begins with the word at the line's end.
    private static string[] Suggested(string line) =>
    [
        .. EdgeCommandLine.Create().Parse(line).GetCompletions(line.Length).Select(item => item.InsertText ?? item.Label)
            .Where(text => char.IsAsciiLetterOrDigit(text[0]) && text.StartsWith(line.Split(' ')[^1], StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _directory.Dispose();
}
