using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Documents;

/// <summary>deploy/lib.sh, by which deb.sh packs no binary of another commit than the one that it names in the package (decision 27).</summary>
public sealed class PublishedCommitTests : IDisposable
{
    private readonly TempDirectory _tree = new();

    public PublishedCommitTests()
    {
        if (!File.Exists("/usr/bin/git")) Assert.Skip("git is not installed");
        _tree.Write("Directory.Build.props", "<VersionPrefix>1.2.3</VersionPrefix>");
        Succeeds("git init -q . && git config user.name n && git config user.email n@example.com && git add -A && git commit -qm first");
    }

    [Fact]
    public void A_binary_of_this_commit_is_packed_and_one_of_another_is_refused_with_what_to_do()
    {
        string commit = Succeeds("commit");
        Publish(commit);
        Succeeds("of_this_commit ../$(basename $PWD)-published linux-arm64");

        Succeeds("git commit -qm second --allow-empty");

        string refusal = Fails("of_this_commit ../$(basename $PWD)-published linux-arm64");
        Assert.Contains($"was built from {commit}, and this tree is {Succeeds("commit")}: bash deploy/publish.sh linux-arm64 builds it anew", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_that_tells_no_commit_is_refused()
    {
        Publish("");

        Assert.Contains("was built from no commit that it tells", Fails("of_this_commit ../$(basename $PWD)-published linux-x64"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_with_something_else_than_its_commit_says_so_in_the_commit_and_never_has_the_releases_version()
    {
        Succeeds("git tag v1.2.3");
        Assert.Equal("1.2.3", Succeeds("commit_version"));
        string clean = Succeeds("commit");
        Assert.Matches("^[0-9a-f]{12}$", clean);

        _tree.Write("new.cs", "");

        Assert.Equal($"{clean}.dirty", Succeeds("commit"));
        Assert.Matches($@"^1\.2\.3~dev20251123\.121320\.g{clean}\.dirty$", Succeeds("commit_version"));
        Publish(clean);
        Assert.Contains($"this tree is {clean}.dirty", Fails("of_this_commit ../$(basename $PWD)-published linux-x64"), StringComparison.Ordinal);
        Publish($"{clean}.dirty");
        Succeeds("of_this_commit ../$(basename $PWD)-published linux-x64");
    }

    public void Dispose()
    {
        File.Delete(Published);
        _tree.Dispose();
    }

    // Beside the tree, which would be another one with it.
    private string Published => $"{_tree.Path}-published";

    // As the version stands in the native binary's metadata: UTF-8, between bytes of other things.
    private void Publish(string commit) => File.WriteAllBytes(Published, [0x7f, (byte)'E', 0, 0x12, .. System.Text.Encoding.UTF8.GetBytes(commit.Length == 0 ? "1.2.3" : $"1.2.3+{commit}"), 0x16, (byte)'a', 0]);

    private string Succeeds(string script)
    {
        (int code, string output) = DeployLibrary.Run(_tree.Path, script);
        Assert.True(code == 0, $"{script}: {output}");
        return output;
    }

    private string Fails(string script)
    {
        (int code, string output) = DeployLibrary.Run(_tree.Path, script);
        Assert.True(code != 0, $"{script} did not fail: {output}");
        return output;
    }
}
