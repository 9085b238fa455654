using Flip.Edge.Status;

namespace Flip.Edge.Tests.Status;

public sealed class BuildVersionTests
{
    [Theory]
    [InlineData("0.1.0+1a2b3c4d5e6f", "0.1.0", "1a2b3c4d5e6f")]
    [InlineData("0.1.0+1a2b3c4d5e6f.dirty", "0.1.0", "1a2b3c4d5e6f.dirty")]
    [InlineData("0.1.0+unknown", "0.1.0", "unknown")]
    [InlineData("0.1.0-beta.1", "0.1.0-beta.1", null)]
    public void The_commit_stands_after_a_plus_where_the_build_was_given_one(string whole, string version, string? commit)
    {
        Assert.Equal((version, commit), BuildVersion.Parts(whole));
    }

    [Fact]
    public void What_is_published_and_compared_is_the_version_alone()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+$", StatusView.Version);
        Assert.StartsWith(StatusView.Version, BuildVersion.Whole, StringComparison.Ordinal);
    }
}
