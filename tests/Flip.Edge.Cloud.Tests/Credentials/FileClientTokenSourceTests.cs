namespace Flip.Edge.Cloud.Tests.Credentials;

public sealed class FileClientTokenSourceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flip-token").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_token_is_read_from_the_file_and_trimmed()
    {
        ClientTokenResult result = await ReadAsync(Write($"  {Sample.Token}\r\n"));

        Assert.True(result.IsFound);
        Assert.Equal(Sample.Token, result.Token.Value);
    }

    [Fact]
    public async Task The_systemd_credential_is_used_where_no_file_is_configured_and_the_file_wins()
    {
        Write("from-systemd", "flip-client-token");
        string file = Write("from-file");

        Assert.Equal("from-systemd", (await new FileClientTokenSource(null, _directory).GetAsync(Sample.Stop)).Token!.Value);
        Assert.Equal("from-file", (await new FileClientTokenSource(file, _directory).GetAsync(Sample.Stop)).Token!.Value);
    }

    [Fact]
    public async Task A_changed_file_is_picked_up()
    {
        string file = Write("old");
        FileClientTokenSource source = new(file, null);
        await source.GetAsync(Sample.Stop);
        File.WriteAllText(file, "new");

        Assert.Equal("new", (await source.GetAsync(Sample.Stop)).Token!.Value);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead, "0604")]
    [InlineData(UnixFileMode.OtherWrite, "0602")]
    [InlineData(UnixFileMode.GroupRead | UnixFileMode.OtherRead, "0644")]
    public async Task A_file_that_is_open_to_every_user_is_refused(UnixFileMode more, string mode)
    {
        string file = Write(Sample.Token, mode: UnixFileMode.UserRead | UnixFileMode.UserWrite | more);

        string error = (await ReadAsync(file)).Error!;

        Assert.Equal($"The token file {file} is open to every user: found mode {mode}, expected 0600; run chmod 600 {file}.", error);
    }

    [Fact]
    public async Task A_file_of_the_group_is_accepted_as_systemd_makes_them() =>
        Assert.True((await ReadAsync(Write(Sample.Token, mode: UnixFileMode.UserRead | UnixFileMode.GroupRead))).IsFound);

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
        string error = (await ReadAsync(Write(text))).Error!;

        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    [InlineData(1_000_000, false)]
    public async Task The_length_is_bounded(int length, bool isFound) => Assert.Equal(isFound, (await ReadAsync(Write(new('a', length)))).IsFound);

    [Fact]
    public async Task A_file_that_is_not_there_a_directory_and_no_configuration_are_sentences()
    {
        Assert.Contains("does not exist", (await ReadAsync(Path.Combine(_directory, "none"))).Error, StringComparison.Ordinal);
        Assert.Contains("cannot be read", (await ReadAsync(_directory)).Error, StringComparison.Ordinal);
        Assert.Contains("Flip:TokenFile", (await new FileClientTokenSource(null, null).GetAsync(Sample.Stop)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_shows_in_no_text_form()
    {
        Assert.True(BearerToken.TryParse(Sample.Token, out BearerToken? token, out _));

        Assert.Equal("***", $"{token}");
        Assert.DoesNotContain(Sample.Token, ClientTokenResult.Found(token).ToString(), StringComparison.Ordinal);
        Assert.Equal("{}", System.Text.Json.JsonSerializer.Serialize(token));
    }

    private static ValueTask<ClientTokenResult> ReadAsync(string file) => new FileClientTokenSource(file, null).GetAsync(Sample.Stop);

    private string Write(string text, string name = "token", UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
        return path;
    }
}
