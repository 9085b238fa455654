using Flip.Edge.Configuration;
using Flip.Edge.Mqtt;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Mqtt;

public sealed class BrokerLoginTests : IDisposable
{
    private const string Secret = "p4ss word#1";
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task A_password_may_hold_spaces_and_loses_only_its_line_end()
    {
        Assert.Equal(Secret, (await ReadAsync(_directory.Write("password", Secret + "\r\n"))).Login!.Password);
        Assert.Equal(" " + Secret, (await ReadAsync(_directory.Write("password", " " + Secret))).Login!.Password);
    }

    [Fact]
    public async Task It_is_read_anew_each_time()
    {
        string file = _directory.Write("password", "old\n");
        Assert.Equal("old", (await ReadAsync(file)).Login!.Password);
        _directory.Write("password", "new\n");
        Assert.Equal("new", (await ReadAsync(file)).Login!.Password);
    }

    [Fact]
    public async Task The_systemd_credential_is_used_where_no_file_is_named()
    {
        _directory.Write(BrokerLogin.CredentialName, Secret);
        (BrokerLogin? login, _) = await BrokerLogin.ReadAsync(Settings(null), _directory.Path, TestContext.Current.CancellationToken);
        Assert.Equal(("gateway", Secret), (login!.Username, login.Password));
        Assert.Equal("the user of Mqtt:Username with the password in /etc/flip-edge/flip-mqtt-password", $"{login}");
        Assert.Equal(("/etc/flip-edge/flip-mqtt-password", "correct the password there, or Mqtt:Username, and systemctl restart flip-edge: the service has the copy that systemd made at its start"), (login.CopyOf, login.Remedy));
    }

    [Fact]
    public async Task A_user_name_alone_is_a_login_too()
    {
        (BrokerLogin? login, _) = await BrokerLogin.ReadAsync(Settings(null), _directory.Path, TestContext.Current.CancellationToken);
        Assert.Equal(("gateway", null), (login!.Username, login.Password));
        Assert.Equal("the user of Mqtt:Username with no password", login.ToString());
        Assert.Equal("write it to /etc/flip-edge/flip-mqtt-password (mode 0600, root), or set Mqtt:PasswordFile, and systemctl restart flip-edge", login.Remedy);

        (login, _) = await BrokerLogin.ReadAsync(Settings(null), null, TestContext.Current.CancellationToken);
        Assert.Equal((null, "set Mqtt:PasswordFile, or load the systemd credential flip-mqtt-password"), (login!.CopyOf, login.Remedy));
    }

    [Theory]
    [InlineData(null, "does not exist: create it with mode 0600, or correct Mqtt:PasswordFile")]
    [InlineData("", "does not hold a password")]
    [InlineData("\n", "does not hold a password")]
    [InlineData("two\nlines\n", "does not hold a password")]
    public async Task What_is_wrong_with_the_file_is_said_without_a_word_of_it(string? content, string expected)
    {
        if (content is not null) _directory.Write("password", content);
        (BrokerLogin? login, string? fault) = await ReadAsync(_directory.File("password"));
        Assert.Null(login);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("lines", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_everybody_can_read_is_refused()
    {
        _directory.Write("password", Secret, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("is open to every user: found mode 0604, expected 0600", (await ReadAsync(_directory.File("password"))).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_in_a_named_file_is_read_anew_and_another_user_name_needs_a_restart()
    {
        BrokerLogin login = (await ReadAsync(_directory.Write("password", Secret))).Login!;
        Assert.Equal((null, "correct the password there, which is read anew for each try; or correct Mqtt:Username, and systemctl restart flip-edge"), (login.CopyOf, login.Remedy));
    }

    [Fact]
    public async Task Its_text_form_never_has_the_password()
    {
        BrokerLogin login = (await ReadAsync(_directory.Write("password", Secret))).Login!;
        Assert.DoesNotContain(Secret, $"{login}", StringComparison.Ordinal);
    }

    private static MqttSettings Settings(string? file) => new(true, "broker.local", 1883, "flip-edge") { Username = "gateway", PasswordFile = file };

    private static async Task<(BrokerLogin? Login, string? Fault)> ReadAsync(string file)
    {
        (BrokerLogin? login, Cloud.CredentialFault? fault) = await BrokerLogin.ReadAsync(Settings(file), null, TestContext.Current.CancellationToken);
        return (login, fault?.Sentence);
    }

    public void Dispose() => _directory.Dispose();
}
