using System.CommandLine;
using Flip.Edge.Cli;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Cli;

/// <summary>An attacker's findings: a daemon that closes, is mute, cuts its answer, or is none at all.</summary>
public sealed class LocalCommandTests : IDisposable
{
    private const string Closed = "the daemon closed the connection on ", Stranger = "what answers on ";

    private readonly TempDirectory _directory = new();

    private string SocketPath => _directory.File("edge.sock");

    /// <summary>.NET sends a request without content up to four times, and commission --again twice commissions twice.</summary>
    [Theory]
    [InlineData("commission", "POST /api/v1/commission HTTP/1.1")]
    [InlineData("commission --wait 5", "POST /api/v1/commission HTTP/1.1")]
    [InlineData("commission --again abc-789", "POST /api/v1/commission?again=abc-789 HTTP/1.1")]
    [InlineData("reload", "POST /api/v1/reload HTTP/1.1")]
    [InlineData("site FILE", "POST /api/v1/site HTTP/1.1")]
    public async Task What_is_sent_is_sent_once_where_the_connection_closes_before_the_answer(string line, string request)
    {
        await using RawDaemon daemon = new(SocketPath, "");

        (int code, string errors) = await RunAsync(line);

        Assert.Equal([request], daemon.Requests);
        Assert.Equal(ExitCodes.Failed, code);
        Assert.StartsWith(Closed, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_is_asked_for_three_times_at_most()
    {
        await using RawDaemon daemon = new(SocketPath, "");

        (int code, string errors) = await RunAsync("status");

        Assert.Equal(Enumerable.Repeat("GET /api/v1/status HTTP/1.1", 3), daemon.Requests);
        Assert.Equal(ExitCodes.Failed, code);
        Assert.StartsWith(Closed, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("commission")]
    [InlineData("reload")]
    [InlineData("site FILE")]
    public async Task An_answer_that_is_cut_is_no_fault_of_the_commands(string line)
    {
        await using RawDaemon daemon = new(SocketPath, RawDaemon.Http(200, "{\"gateway_id\"", length: 100));

        (int code, string errors) = await RunAsync(line);

        Assert.Equal(ExitCodes.Failed, code);
        Assert.StartsWith(Closed, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status", "{}")]
    [InlineData("status", "null")]
    [InlineData("status", "[]")]
    [InlineData("status", "it works!")]
    [InlineData("status", """{"gateway_id":"g","commissioning":{"state":"waiting"},"devices":[null],"mqtt":{},"clock":{}}""")]
    [InlineData("status", """{"gateway_id":"g","commissioning":{"state":"waiting"},"devices":[{"id":"d","endpoint":"e","state":"ok"}],"mqtt":{},"clock":{}}""")]
    [InlineData("commission", "{}")]
    [InlineData("reload", "{}")]
    [InlineData("reload", "it works!")]
    public async Task What_is_no_daemon_or_another_versions_is_called_that(string line, string body)
    {
        await using RawDaemon daemon = new(SocketPath, RawDaemon.Http(200, body));

        (int code, string errors) = await RunAsync(line);

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains($"{Stranger}{SocketPath} is no flip-edge, or one of another version than this command: ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("commission --wait 5")]
    public async Task What_speaks_no_http_is_no_daemon(string line)
    {
        await using RawDaemon daemon = new(SocketPath, "SSH-2.0-OpenSSH_9.2p1 Debian\r\n");

        (int code, string errors) = await RunAsync(line);

        Assert.Equal(ExitCodes.Failed, code);
        Assert.StartsWith(Stranger, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"t","title":"The status can't be told","status":500,"detail":"The disk has gone."}""", "The status can't be told: The disk has gone.")]
    [InlineData("<html>\noh", "what answers is no flip-edge, or one of another version: <html>\\u000Aoh")]
    [InlineData("{}", "what answers is no flip-edge, or one of another version: {}")]
    [InlineData("", "what answers is no flip-edge, or one of another version: it says nothing")]
    public async Task An_answer_that_is_no_success_is_told_with_what_it_says(string body, string said)
    {
        await using RawDaemon daemon = new(SocketPath, RawDaemon.Http(500, body));

        (int code, string errors) = await RunAsync("status");

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Equal($"the daemon on {SocketPath} answered with 500: {said}", errors.TrimEnd());
    }

    /// <summary>What a stopped process and one that hangs within its answer are like; the one took 30 s without a word, the other for ever.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData("", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", false)]
    public async Task A_daemon_that_does_not_answer_to_the_end_is_told_after_30_s(string beginning, bool posts)
    {
        await using RawDaemon daemon = new(SocketPath, beginning, thenIsMute: true);
        FakeTimeProvider time = new();
        StringWriter errors = new();

        Task<int> command = LocalCommand.RunAsync(SocketPath, null, errors, async client =>
        {
            if (posts) (await client.PostAsync("/api/v1/reload", null, TestContext.Current.CancellationToken)).Dispose();
            else await client.StatusAsync(TestContext.Current.CancellationToken);
            return ExitCodes.Done;
        }, time: time);
        await FaultRig.UntilAsync(() => daemon.Requests.Count == 1);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(command.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ExitCodes.Failed, await command);
        Assert.Equal($"the daemon on {SocketPath} does not answer within 30 s: systemctl status flip-edge and journalctl -u flip-edge tell what it does", errors.ToString().TrimEnd());
        Assert.Single(daemon.Requests);
    }

    [Fact]
    public async Task Ctrl_c_stays_ctrl_c()
    {
        await using RawDaemon daemon = new(SocketPath, "", thenIsMute: true);
        using CancellationTokenSource pressed = new();
        StringWriter errors = new();

        Task<int> command = LocalCommand.RunAsync(SocketPath, null, errors, async client =>
        {
            await client.StatusAsync(pressed.Token);
            return ExitCodes.Done;
        });
        await FaultRig.UntilAsync(() => daemon.Requests.Count == 1);
        await pressed.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command);
        Assert.Empty(errors.ToString());
    }

    [Fact]
    public async Task Output_that_is_lost_is_not_the_daemons_fault() =>
        await Assert.ThrowsAsync<OutputLostException>(() => LocalCommand.RunAsync(SocketPath, null, new StringWriter(), _ => throw new OutputLostException(new IOException("full"))));

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.0, null)]
    [InlineData(0.5, 5)]
    [InlineData(3.0, 5)]
    [InlineData(12.0, 12)]
    [InlineData(3600.0, 30)]
    public void Whoever_waits_a_few_seconds_does_not_wait_30_for_one_answer(double? wait, int? seconds) =>
        Assert.Equal(seconds is { } expected ? TimeSpan.FromSeconds(expected) : null, CommissionCommand.Patience(wait));

    public void Dispose() => _directory.Dispose();

    private async Task<(int Code, string Errors)> RunAsync(string line)
    {
        string[] words = line.Replace("FILE", _directory.Write("site.json", "{}"), StringComparison.Ordinal).Split(' ');
        StringWriter errors = new();
        int code = await EdgeCommandLine.Create().Parse([.. words, "--socket", SocketPath])
            .InvokeAsync(new InvocationConfiguration { Output = new StringWriter(), Error = errors, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, errors.ToString());
    }
}
