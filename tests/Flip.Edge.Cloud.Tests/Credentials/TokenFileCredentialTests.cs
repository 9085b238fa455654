namespace Flip.Edge.Cloud.Tests.Credentials;

public sealed class TokenFileCredentialTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flip-token").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_token_is_read_from_the_file_and_trimmed()
    {
        Assert.Equal(Sample.Token, Token(await ReadAsync(Write($"  {Sample.Token}\r\n"))));
    }

    [Fact]
    public async Task The_systemd_credential_is_used_where_no_file_is_configured_and_the_file_wins()
    {
        Write("from-systemd", "flip-client-token");
        string file = Write("from-file");

        Assert.Equal("from-systemd", Token(await new TokenFileCredential(null, _directory).GetAsync(Sample.Stop)));
        Assert.Equal("from-file", Token(await new TokenFileCredential(file, _directory).GetAsync(Sample.Stop)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task An_empty_systemd_credential_stands_for_a_file_that_is_missing(string text)
    {
        Write(text, "flip-client-token");

        string error = Error(await new TokenFileCredential(null, _directory).GetAsync(Sample.Stop));

        Assert.Equal("No client token is configured: Flip:TokenFile is not set, and systemd had no flip-client-token when it started the service; write it to /etc/flip-edge/flip-client-token (mode 0600, root), or set Flip:TokenFile, and systemctl restart flip-edge.", error);
    }

    [Fact]
    public async Task A_changed_file_is_picked_up()
    {
        string file = Write("old");
        TokenFileCredential source = new(file, null);
        await source.GetAsync(Sample.Stop);
        File.WriteAllText(file, "new");

        Assert.Equal("new", Token(await source.GetAsync(Sample.Stop)));
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead, "0604")]
    [InlineData(UnixFileMode.OtherWrite, "0602")]
    [InlineData(UnixFileMode.GroupRead | UnixFileMode.OtherRead, "0644")]
    public async Task A_file_that_is_open_to_every_user_is_refused(UnixFileMode more, string mode)
    {
        string file = Write(Sample.Token, mode: UnixFileMode.UserRead | UnixFileMode.UserWrite | more);

        string error = Error(await ReadAsync(file));

        Assert.Equal($"The token file {file} is open to every user: found mode {mode}, expected 0600; run chmod 600 {file}.", error);
    }

    [Fact]
    public async Task A_directory_in_its_place_is_called_one_and_nobody_is_told_to_change_its_mode()
    {
        File.SetUnixFileMode(_directory, (UnixFileMode)0b111_101_101);

        string error = Error(await ReadAsync(_directory));

        Assert.Equal($"The token file {_directory} is a directory, and no file: correct Flip:TokenFile.", error);
    }

    [Fact]
    public async Task A_file_of_the_group_is_accepted_as_systemd_makes_them() =>
        Assert.Equal(Sample.Token, Token(await ReadAsync(Write(Sample.Token, mode: UnixFileMode.UserRead | UnixFileMode.GroupRead))));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \n", "is empty")]
    [InlineData("s3cret\ns3cret", "more than one line")]
    [InlineData("s3cret s3cret", "a space")]
    [InlineData("s3crét", "not printable ASCII")]
    [InlineData("s3cret\u0000", "not printable ASCII")]
    [InlineData("Bearer s3cret", "the word Bearer")]
    public async Task A_file_that_holds_no_token_is_refused_without_quoting_it(string text, string reason)
    {
        string error = Error(await ReadAsync(Write(text)));

        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    [InlineData(1_000_000, false)]
    public async Task The_length_is_bounded(int length, bool isFound) => Assert.Equal(isFound, await ReadAsync(Write(new('a', length))) is CredentialResult.Bearer);

    [Fact]
    public async Task A_file_that_is_not_there_a_directory_and_no_configuration_are_sentences()
    {
        Assert.Contains("does not exist", Error(await ReadAsync(Path.Combine(_directory, "none"))), StringComparison.Ordinal);
        Assert.Contains("is a directory", Error(await ReadAsync(_directory)), StringComparison.Ordinal);
        Assert.Contains("Flip:TokenFile", Error(await new TokenFileCredential(null, null).GetAsync(Sample.Stop)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_shows_in_no_text_form()
    {
        Assert.True(BearerToken.TryParse(Sample.Token, out BearerToken? token, out _));

        Assert.Equal("***", $"{token}");
        Assert.DoesNotContain(Sample.Token, new CredentialResult.Bearer(token).ToString(), StringComparison.Ordinal);
        Assert.Equal("{}", System.Text.Json.JsonSerializer.Serialize(token));
    }

    [Fact]
    public async Task A_pipe_is_refused_at_once_and_not_waited_for()
    {
        string pipe = Path.Combine(_directory, "pipe");
        Pipes.Make(pipe);

        string error = Error(await ReadAsync(pipe).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Sample.Stop));

        Assert.Equal($"The token file {pipe} is no regular file: found a pipe, a socket or a terminal; correct Flip:TokenFile.", error);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_from_the_file_only_when_the_file_has_another()
    {
        string file = Write("old");
        TokenFileCredential credential = new(file, null);
        BearerToken old = Assert.IsType<CredentialResult.Bearer>(await credential.GetAsync(Sample.Stop)).Token;

        Assert.Null(await credential.RenewAsync(old, Sample.Stop));
        File.WriteAllText(file, "new");
        Assert.Equal("new", Token((await credential.RenewAsync(old, Sample.Stop))!));
        File.Delete(file);
        Assert.Contains("does not exist", Error((await credential.RenewAsync(old, Sample.Stop))!), StringComparison.Ordinal);
    }

    private static string Token(CredentialResult result) => Assert.IsType<CredentialResult.Bearer>(result).Token.Value;

    private static string Error(CredentialResult result)
    {
        var why = Assert.IsType<CommissionOutcome.Unauthorized>(Assert.IsType<CredentialResult.Unusable>(result).Why);
        Assert.Null(why.Status);
        return why.Detail;
    }

    private static ValueTask<CredentialResult> ReadAsync(string file) => new TokenFileCredential(file, null).GetAsync(Sample.Stop);

    private string Write(string text, string name = "token", UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
        return path;
    }
}
