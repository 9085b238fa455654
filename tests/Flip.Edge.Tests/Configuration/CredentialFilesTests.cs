using Flip.Edge.Configuration;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Configuration;

/// <summary>What <c>config check</c> says of the files that are named.</summary>
public sealed class CredentialFilesTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task A_file_that_is_missing_may_follow_and_is_a_warning_while_one_with_a_wrong_mode_is_an_error()
    {
        (IReadOnlyList<ConfigurationError> errors, IReadOnlyList<string> warnings) = await CheckAsync("/no/such/file");
        Assert.Equal("Flip:TokenFile: The token file /no/such/file does not exist: create it with mode 0600, or correct Flip:TokenFile; nothing can be sent to Flip without it", Assert.Single(warnings));
        Assert.Empty(errors);

        string open = _directory.Write("token", "a-token");
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        (errors, warnings) = await CheckAsync(open);
        Assert.Contains("is open to every user", Assert.Single(errors).Sentence, StringComparison.Ordinal);
        Assert.Empty(warnings);
    }

    public void Dispose() => _directory.Dispose();

    private static Task<(IReadOnlyList<ConfigurationError> Errors, IReadOnlyList<string> Warnings)> CheckAsync(string token) =>
        CredentialFiles.CheckAsync(new CredentialSettings.Token(token), TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
}
