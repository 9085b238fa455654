using Flip.Edge.Engineering;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Documents;

/// <summary>What messages and man pages send a person to is a file that a gateway has.</summary>
public sealed class NamedDocumentsTests
{
    private const string Folder = Edge.Documents.Folder, Example = "examples/flip-edge.example.json";

    // The parts that run on a gateway; the simulator's users have the source.
    private static readonly string[] Programs = ["Flip.Edge", "Flip.Edge.Cloud", "Flip.Edge.Devices", "Flip.Edge.Modbus"];

    [Fact]
    public void Each_document_that_is_named_by_its_path_is_in_the_package()
    {
        string[] packed = [.. Run("printf '%s\\n' \"${DOCUMENTS[@]}\"").Split('\n').Select(Path.GetFileName)!, Example];
        string[] texts = [.. Messages().Select(message => message.Text.Replace("{Documents.Folder}", Folder, StringComparison.Ordinal)), .. Installed().Select(File.ReadAllText), ManPage("commands"), ManPage("configuration")];

        string[] named = [.. texts.SelectMany(Named).Distinct()];

        Assert.Contains("button.md", named);
        Assert.Contains("security.md", named);
        Assert.All(named, name => Assert.True(packed.Contains(name), $"{Folder}/{name} is named, and not among DOCUMENTS of deploy/lib.sh"));
    }

    [Fact]
    public void No_message_names_a_document_by_its_place_in_the_source()
    {
        Assert.All(Messages(), message => Assert.False(
            message.Text.Contains("docs/", StringComparison.Ordinal) || message.Text.Contains("the README", StringComparison.Ordinal),
            $"{message.File} names a file that a gateway does not have: {message.Text.Trim()}"));
    }

    [Theory]
    [InlineData("commands")]
    [InlineData("configuration")]
    public void In_a_man_page_no_link_is_left_that_nobody_can_follow(string page)
    {
        Assert.DoesNotContain("](", ManPage(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("see [profiles.md](profiles.md)", "see `/usr/share/doc/flip-edge/profiles.md`")]
    [InlineData("[kill-loop.md](kill-loop.md#power-cuts)", "`/usr/share/doc/flip-edge/kill-loop.md`")]
    [InlineData("`relay`: [which](security.md#which-credential) |", "`relay`: which (`/usr/share/doc/flip-edge/security.md`) |")]
    [InlineData("that [may date it](#gateway), [Flip's](#flip)", "that may date it (see Gateway), Flip's (see Flip)")]
    [InlineData("[configuration.md](configuration.md#mqtt) and [commands.md](commands.md)", "flip-edge.json(5) and flip-edge(1)")]
    [InlineData("[deploy/flip-edge.example.json](../deploy/flip-edge.example.json).", "`/usr/share/doc/flip-edge/examples/flip-edge.example.json`.")]
    public void A_link_is_told_by_what_is_behind_it(string link, string told)
    {
        Assert.Equal(told, Run($"printf '%s' '{link.Replace("'", "'\\''", StringComparison.Ordinal)}' | resolve_links"));
    }

    private static string ManPage(string page) => Run($"resolve_links < docs/{page}.md");

    private static string Run(string script)
    {
        (int code, string output) = DeployLibrary.Run(Repository.Root, script);
        Assert.True(code == 0, output);
        return output;
    }

    private static IEnumerable<string> Installed() =>
        [.. new[] { "deploy/flip-edge.json", "deploy/profiles.d/README", "systemd/flip-edge.service" }.Select(file => Path.Combine(Repository.Root, file)),
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy/debian"), "flip-edge.p*")];

    // Lines with a text in them that are no comment.
    private static IEnumerable<(string File, string Text)> Messages() =>
        from program in Programs
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", program), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal)
        from line in File.ReadLines(file)
        where line.Contains('"', StringComparison.Ordinal) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select (Path.GetRelativePath(Repository.Root, file), line.Split(" // ")[0]);

    // The files behind each mention of the folder; the folder alone is none.
    private static IEnumerable<string> Named(string text) =>
        from rest in text.Split($"{Folder}/").Skip(1)
        let name = string.Concat(rest.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/')).TrimEnd('.')
        where name.Length > 0
        select name;
}
