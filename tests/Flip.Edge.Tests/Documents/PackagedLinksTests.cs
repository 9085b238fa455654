using Flip.Edge.Engineering;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Documents;

/// <summary>A newcomer's finding: of the pages in the package, README.md led to docs/… and other files that a gateway does not have.</summary>
public sealed class PackagedLinksTests : IDisposable
{
    // What deploy/debian puts beside the pages: copyright, the changelog as debhelper calls it, flip-edge.examples and flip-edge.install.
    private static readonly string[] Others = ["copyright", "changelog.gz", "examples/flip-edge.example.json", "/usr/share/flip-edge/schema/profile-1.json"];

    private readonly TempDirectory _directory = new();

    [Fact]
    public void In_the_package_each_link_between_the_pages_leads_to_a_file_and_to_a_heading_that_are_there()
    {
        Run($"write_documents '{_directory.Path}'");
        (string Page, string Target)[] links = [.. Directory.EnumerateFiles(_directory.Path, "*.md").SelectMany(Links).Where(link => !link.Target.Contains("://", StringComparison.Ordinal))];

        Assert.Contains(links, link => link is { Page: "README.md", Target: "operations.md#installing" });
        Assert.Contains(links, link => link is { Page: "operations.md", Target: "README.md#topics" });
        Assert.Contains(links, link => link is { Page: "retry.md", Target: "retry.svg" });
        Assert.All(links, link => Assert.True(Leads(link.Page, link.Target), $"{link.Page} of the package leads to {link.Target}, which it has not"));
    }

    [Theory]
    [InlineData("[docs/button.md](docs/button.md#led)", "[button.md](button.md#led)")]
    [InlineData("[Decisions](docs/adr/README.md)", "Decisions (`docs/adr/README.md` in the source)")]
    [InlineData("[decision 6](adr/0006-one-change-signal.md),", "decision 6 (`docs/adr/0006-one-change-signal.md` in the source),")]
    [InlineData("[CONTRIBUTING.md](../CONTRIBUTING.md#the-packages)", "`CONTRIBUTING.md` (in the source)")]
    [InlineData("[LICENSE](LICENSE), [Changelog](CHANGELOG.md)", "[LICENSE](copyright), [Changelog](changelog.gz)")]
    [InlineData("[deploy/flip-edge.example.json](../deploy/flip-edge.example.json)", "[flip-edge.example.json](examples/flip-edge.example.json)")]
    [InlineData("[a](https://example.com/docs/adr/x.md) and [b](#b)", "[a](https://example.com/docs/adr/x.md) and [b](#b)")]
    public void A_link_of_the_source_leads_to_the_same_in_the_package_or_says_that_it_is_in_the_source(string link, string installed)
    {
        Assert.Equal(installed, Run($"printf '%s' '{link}' | installed_links"));
    }

    public void Dispose() => _directory.Dispose();

    private bool Leads(string page, string target)
    {
        string[] parts = target.Split('#', 2);
        string file = _directory.File(parts[0].Length == 0 ? page : parts[0]);
        return Others.Contains(target) || (File.Exists(file) && (parts.Length == 1 || File.ReadLines(file).Any(line => Anchor(line) == parts[1])));
    }

    // As GitHub makes it: letters, digits, "-" and "_" alone, in small letters, spaces as "-".
    private static string? Anchor(string line) => !line.StartsWith('#') ? null : string.Concat(line.TrimStart('#').Trim().ToLowerInvariant()
        .Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c));

    private static IEnumerable<(string Page, string Target)> Links(string file) =>
        File.ReadAllText(file).Split("](").Skip(1).Select(rest => (Path.GetFileName(file), rest.Split(')', 2)[0].Split(' ', 2)[0]));

    private static string Run(string script)
    {
        (int code, string output) = DeployLibrary.Run(Repository.Root, script);
        Assert.True(code == 0, output);
        return output;
    }
}
