using Flip.Edge.Configuration;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Configuration;

/// <summary>What <c>config check</c> says of a secret that systemd is to hand over, and that nobody has put in place.</summary>
public sealed class CredentialFilesTests : IDisposable
{
    private readonly TempDirectory _loadedFrom = new();

    [Fact]
    public void A_missing_token_is_named_with_the_file_the_unit_loads_and_the_key_that_could_name_another() => Assert.Equal(
        $"there is no client token: Flip:TokenFile is not set, and the systemd credential flip-client-token, which the unit loads from {_loadedFrom.File("flip-client-token")}, is not there. "
        + "Write it to that file (mode 0600, owner root), or set Flip:TokenFile; nothing can be sent to Flip without it",
        Warning(new CredentialSettings.Token(null)));

    [Fact]
    public void An_empty_one_is_missing()
    {
        _loadedFrom.Write("flip-client-token", "\n");

        Assert.NotNull(Warning(new CredentialSettings.Token(null)));
    }

    [Theory]
    [InlineData("flip-client-token")]
    [InlineData("flip-client-token.cred")]
    public void One_that_is_there_plain_or_encrypted_needs_no_warning(string file)
    {
        _loadedFrom.Write(file, "a-token\n");

        Assert.Null(Warning(new CredentialSettings.Token(null)));
    }

    [Fact]
    public void Where_systemd_has_handed_it_over_nothing_else_is_looked_at()
    {
        using TempDirectory credentials = new();
        credentials.Write("flip-client-token", "a-token\n");

        Assert.Null(CredentialFiles.Warning(new CredentialSettings.Token(null), credentials.Path, _loadedFrom.Path));
    }

    [Fact]
    public void A_file_that_is_named_is_not_looked_for_among_systemds() => Assert.Null(Warning(new CredentialSettings.Token("/no/such/file")));

    [Fact]
    public async Task A_file_that_is_missing_may_follow_and_is_a_warning_while_one_with_a_wrong_mode_is_an_error()
    {
        (IReadOnlyList<ConfigurationError> errors, IReadOnlyList<string> warnings) = await CheckAsync("/no/such/file");
        Assert.Equal("Flip:TokenFile: The token file /no/such/file does not exist: create it with mode 0600, or correct Flip:TokenFile; nothing can be sent to Flip without it", Assert.Single(warnings));
        Assert.Empty(errors);

        string open = _loadedFrom.Write("token", "a-token");
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        (errors, warnings) = await CheckAsync(open);
        Assert.Contains("is open to every user", Assert.Single(errors).Sentence, StringComparison.Ordinal);
        Assert.Empty(warnings);
    }

    [Fact]
    public void The_secrets_of_the_other_ways_are_looked_for_as_well()
    {
        Assert.StartsWith("there is no client secret: Flip:OAuth:ClientSecretFile is not set", Warning(new CredentialSettings.OAuth(new("https://x.example/t"), "id", null)), StringComparison.Ordinal);
        Assert.StartsWith("there is no key of the client certificate: Flip:Relay:KeyFile is not set", Warning(new CredentialSettings.Relay("/c.pem", null, null)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_this_user_may_not_see_is_not_called_missing()
    {
        File.SetUnixFileMode(_loadedFrom.Path, UnixFileMode.None);
        try
        {
            using AnotherUser nobody = new();

            Assert.Null(Warning(new CredentialSettings.Token(null)));
        }
        finally
        {
            File.SetUnixFileMode(_loadedFrom.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => _loadedFrom.Dispose();

    private static Task<(IReadOnlyList<ConfigurationError> Errors, IReadOnlyList<string> Warnings)> CheckAsync(string token) =>
        CredentialFiles.CheckAsync(new CredentialSettings.Token(token), TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);

    private string? Warning(CredentialSettings settings) => CredentialFiles.Warning(settings, null, _loadedFrom.Path);
}
