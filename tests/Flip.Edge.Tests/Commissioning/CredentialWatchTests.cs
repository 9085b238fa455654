using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Commissioning;

public sealed class CredentialWatchTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ChangeSignal _changes = new();
    private readonly WatchedTime _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly LogLines<CredentialWatch> _log = new();

    [Fact]
    public async Task A_token_that_is_missing_is_said_at_the_start_once_and_its_coming_too()
    {
        using CredentialWatch watch = Watch(new CredentialSettings.Token(_directory.File("token")), null);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        for (int look = 0; look < 5; look++)
        {
            int begun = _time.Begun;
            await _time.WaitsAsync(CredentialWatch.WhileUnusable, since: begun - 1);
            _time.Advance(CredentialWatch.WhileUnusable);
            await FaultRig.UntilAsync(() => _time.Begun > begun);
        }

        (int id, string line) = Assert.Single(_log.Lines);
        Assert.Equal((237, $"Nothing can be sent to Flip (token): The token file {_directory.File("token")} does not exist: create it with mode 0600, or correct Flip:TokenFile"), (id, line));
        Assert.Equal("unusable", watch.Now.State);

        _directory.Write("token", "a-token");
        Task changed = _changes.Next;
        _time.Advance(CredentialWatch.WhileUnusable);

        await changed.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(new CredentialStatus("token", null), watch.Now);
        Assert.Equal([237, 238], _log.Lines.Select(line => line.Id));
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_reload_looks_at_once()
    {
        using CredentialWatch watch = Watch(new CredentialSettings.Token(_directory.File("token")), null);
        _directory.Write("token", "a-token");
        await watch.StartAsync(TestContext.Current.CancellationToken);
        await _time.WaitsAsync(TimeSpan.FromHours(1));
        File.Delete(_directory.File("token"));

        watch.LookNow();

        await FaultRig.UntilAsync(() => watch.Now.Reason is not null);
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Files_that_keep_changing_what_is_wrong_with_them_are_a_line_of_each_kind_an_hour()
    {
        string? wrong = null;
        using CredentialWatch watch = new("token", _ => Task.FromResult(wrong), _changes, _time, _log);
        for (int change = 0; change < 300; change++)
        {
            Task told = _changes.Next;
            wrong = (change % 3) switch { 0 => $"it has mode 06{change % 60:00}", 1 => "it is empty", _ => null };

            Assert.Equal(wrong, await watch.LookAsync(TestContext.Current.CancellationToken));

            Assert.Equal(wrong, watch.Now.Reason);
            Assert.True(told.IsCompleted);
            _time.Advance(CredentialWatch.WhileUnusable);
        }

        Assert.Equal([237, 237, 238], _log.Lines.Select(line => line.Id));
    }

    [Fact]
    public async Task What_was_kept_back_and_is_still_so_after_the_hour_is_said_then()
    {
        string? wrong = null;
        using CredentialWatch watch = new("token", _ => Task.FromResult(wrong), _changes, _time, _log);
        foreach (string? next in (string?[])["it is empty", null, "it is empty"])
        {
            wrong = next;
            await watch.LookAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal([237, 238], _log.Lines.Select(line => line.Id));
        _time.Advance(TimeSpan.FromHours(1));
        for (int look = 0; look < 3; look++) await watch.LookAsync(TestContext.Current.CancellationToken);

        Assert.Equal([237, 238, 237], _log.Lines.Select(line => line.Id));
    }

    [Theory]
    [InlineData(null, "No client token is configured: Flip:TokenFile is not set, and there are no systemd credentials ($CREDENTIALS_DIRECTORY) with a flip-client-token among them; set Flip:TokenFile, or load the systemd credential flip-client-token")]
    [InlineData("credentials", "No client token is configured: Flip:TokenFile is not set, and systemd had no flip-client-token when it started the service; write it to /etc/flip-edge/flip-client-token (mode 0600, root), or set Flip:TokenFile, and systemctl restart flip-edge")]
    public async Task Where_no_file_is_named_it_says_what_is_looked_for(string? credentials, string sentence)
    {
        using CredentialWatch watch = Watch(new CredentialSettings.Token(null), credentials is null ? null : _directory.File(credentials));

        Assert.Equal(sentence, await watch.LookAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Bearer abc", "flip-client-token", "holds the word Bearer before the token: it must hold the client token alone, on one line")]
    [InlineData("two\nlines", "flip-client-token", "holds more than one line: it must hold the client token alone, on one line")]
    public async Task What_is_wrong_with_systemds_copy_is_told_of_the_file_in_etc_with_the_restart_that_it_needs(string text, string name, string wrong)
    {
        using CredentialWatch watch = Watch(new CredentialSettings.Token(null), _directory.Path);
        _directory.Write(name, text);

        Assert.Equal(
            $"The token file /etc/flip-edge/{name} {wrong}. Then systemctl restart flip-edge: the service has the copy that systemd made at its start",
            await watch.LookAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"/etc/flip-edge/{name}", watch.CopyToReplace);
    }

    [Fact]
    public async Task A_file_that_is_named_is_no_copy_and_without_systemd_there_is_none()
    {
        using CredentialWatch named = Watch(new CredentialSettings.Token(_directory.File("token")), _directory.Path), bare = Watch(new CredentialSettings.Token(null), null);

        foreach (CredentialWatch watch in (CredentialWatch[])[named, bare])
        {
            Assert.NotNull(await watch.LookAsync(TestContext.Current.CancellationToken));
            Assert.Null(watch.CopyToReplace);
        }
    }

    [Fact]
    public async Task A_systemd_credential_that_comes_later_is_found()
    {
        using CredentialWatch watch = Watch(new CredentialSettings.Token(null), _directory.Path);
        _directory.Write("flip-client-token", "\n");
        Assert.NotNull(await watch.LookAsync(TestContext.Current.CancellationToken));

        _directory.Write("flip-client-token", "a-token\n");

        Assert.Null(await watch.LookAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_taken_away_in_the_middle_of_a_look_does_not_end_the_worker()
    {
        bool isGone = true;
        using CredentialWatch watch = new("token", _ => isGone ? throw new FileNotFoundException("Could not find it.") : Task.FromResult<string?>(null), _changes, _time, _log);

        Assert.Equal("its files can't be read: Could not find it", await watch.LookAsync(TestContext.Current.CancellationToken));
        isGone = false;
        Assert.Null(await watch.LookAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_client_secret_is_looked_for_without_asking_for_a_token()
    {
        using CredentialWatch watch = Watch(new CredentialSettings.OAuth(new("http://127.0.0.1:1/token"), "id", null), null);

        Assert.StartsWith("No client secret is configured: Flip:OAuth:ClientSecretFile is not set, ", await watch.LookAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("oauth", watch.Now.Kind);
    }

    [Fact]
    public async Task Each_of_a_relays_files_that_is_missing_is_named()
    {
        using CredentialWatch watch = Watch(new CredentialSettings.Relay(_directory.File("cert.pem"), null, _directory.File("ca.pem")), _directory.Path);

        string? reason = await watch.LookAsync(TestContext.Current.CancellationToken);

        foreach (string named in (string[])["cert.pem", "Flip:Relay:KeyFile", "ca.pem"]) Assert.Contains(named, reason, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private CredentialWatch Watch(CredentialSettings settings, string? credentialsDirectory) => CredentialWatch.Of(settings, credentialsDirectory, () => false, _changes, _time, _log);
}
