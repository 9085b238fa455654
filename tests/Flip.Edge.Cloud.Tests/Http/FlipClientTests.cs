using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Flip.Edge.Cloud.Tests.Http;

public sealed class FlipClientTests
{
    [Fact]
    public async Task The_frozen_bytes_arrive_verbatim_with_the_token_and_nothing_else_of_note()
    {
        byte[] body = [.. "  {\"odd\" : \"é\"}"u8, 0xFF, 0x00];
        await using RawServer server = RawServer.Reply(400, "");
        using FlipClient client = Sample.Client(new($"{server.Url}prefix"));

        await client.CommissionAsync(body, Sample.Stop);

        Assert.Equal(body, server.Body);
        string[] lines = server.Head.Split("\r\n");
        Assert.Equal("POST /prefix/v1/commission HTTP/1.1", lines[0]);
        Assert.Equal(
            ["Accept: application/json", $"Authorization: Bearer {Sample.Token}", $"Content-Length: {body.Length}", "Content-Type: application/json",
                $"Host: 127.0.0.1:{server.Port}", "User-Agent: flip-edge/0.1.0"],
            lines[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        await using RawServer server = RawServer.Reply(200, "");
        using FlipClient client = Sample.Client(server.Url, token: null);

        var outcome = Assert.IsType<CommissionOutcome.Unauthorized>(await client.CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Null(outcome.Status);
        Assert.Equal("There is no token.", outcome.Detail);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_port_that_refuses_is_a_failure_to_connect_and_nothing_arrived()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        await ExpectAsync(new($"http://127.0.0.1:{port}"), TransientCause.Connect, mayHaveArrived: false);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_a_failure_of_dns() =>
        await ExpectAsync(new("https://nonexistent.invalid"), TransientCause.Dns, mayHaveArrived: false);

    [Fact]
    public async Task No_answer_in_time_is_a_time_out_that_may_have_arrived()
    {
        await using RawServer server = RawServer.Start(async (stream, self) =>
        {
            await self.ReadRequestAsync(stream);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, self.Stopped);
        });

        await ExpectAsync(server.Url, TransientCause.Timeout, mayHaveArrived: true, TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task An_answer_that_stops_in_its_middle_without_an_end_is_a_time_out_that_may_have_arrived()
    {
        await using RawServer server = RawServer.Start(async (stream, self) =>
        {
            await self.ReadRequestAsync(stream);
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"programs\":[");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, self.Stopped);
        });

        await ExpectAsync(server.Url, TransientCause.Timeout, mayHaveArrived: true, TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task A_status_stands_though_its_body_never_ends()
    {
        await using RawServer server = RawServer.Start(async (stream, self) =>
        {
            await self.ReadRequestAsync(stream);
            await RawServer.WriteAsync(stream, "HTTP/1.1 409 Conflict\r\nContent-Length: 1000\r\n\r\nexists");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, self.Stopped);
        });
        using FlipClient client = Sample.Client(server.Url, TimeSpan.FromSeconds(0.5));

        Assert.Equal("HTTP 409: exists", Assert.IsType<CommissionOutcome.Conflict>(await client.CommissionAsync(Sample.Body, Sample.Stop)).Detail);
    }

    [Fact]
    public async Task A_dropped_connection_may_have_arrived_and_is_not_tried_again()
    {
        await using RawServer server = RawServer.Start((stream, self) => self.ReadRequestAsync(stream));

        await ExpectAsync(server.Url, TransientCause.ConnectionLost, mayHaveArrived: true);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("Content-Length: 5000")]
    [InlineData("Connection: close")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task An_answer_that_breaks_off_is_truncated_and_may_have_arrived(string framing)
    {
        string half = Encoding.UTF8.GetString(PageExample.Response)[..800];
        string body = framing.EndsWith("chunked", StringComparison.Ordinal) ? $"{half.Length:x}\r\n{half}\r\n" : half;
        await using RawServer server = RawServer.Answer($"HTTP/1.1 200 OK\nContent-Type: application/json\n{framing}", body);

        await ExpectAsync(server.Url, TransientCause.ResponseTruncated, mayHaveArrived: true);
    }

    [Fact]
    public async Task Reading_an_endless_answer_stops_at_the_limit()
    {
        long written = 0;
        await using RawServer server = RawServer.Start(async (stream, self) =>
        {
            await self.ReadRequestAsync(stream);
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"programs\":[");
            byte[] blanks = Encoding.ASCII.GetBytes(new string(' ', 4096));
            for (; written < 256 * 1024 * 1024; written += blanks.Length) await stream.WriteAsync(blanks, self.Stopped);
        });
        using FlipClient client = new(new() { BaseUrl = server.Url, MaxResponseBytes = 65536 }, new Sample.FixedToken("t"), TimeProvider.System);

        var outcome = Assert.IsType<CommissionOutcome.NotFlip>(await client.CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Contains("longer than 65536 bytes", outcome.Detail, StringComparison.Ordinal);
        Assert.InRange(written, 0, 64 * 1024 * 1024);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task An_answer_of_exactly_the_limit_fits(int beyond, bool fits)
    {
        await using RawServer server = RawServer.Reply(200, "{\"programs\":[]}" + new string(' ', beyond));
        using FlipClient client = new(new() { BaseUrl = server.Url, MaxResponseBytes = 15 }, new Sample.FixedToken("t"), TimeProvider.System);

        Assert.Equal(fits, await client.CommissionAsync(Sample.Body, Sample.Stop) is CommissionOutcome.Commissioned);
    }

    [Fact]
    public async Task What_is_not_http_is_not_flip()
    {
        await using RawServer server = RawServer.Start(async (stream, _) => await RawServer.WriteAsync(stream, "220 mail.example.com ESMTP\r\n\r\n"));
        using FlipClient client = Sample.Client(server.Url);

        Assert.IsType<CommissionOutcome.NotFlip>(await client.CommissionAsync(Sample.Body, Sample.Stop));
    }

    [Fact]
    public async Task Only_the_callers_own_cancellation_throws()
    {
        using CancellationTokenSource cancel = new();
        await using RawServer server = RawServer.Start(async (stream, self) =>
        {
            await self.ReadRequestAsync(stream);
            await cancel.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, self.Stopped);
        });
        using FlipClient client = Sample.Client(server.Url);

        Exception e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.CommissionAsync(Sample.Body, cancel.Token));
        Assert.DoesNotContain(Sample.Token, e.ToString(), StringComparison.Ordinal);
    }

    private static async Task ExpectAsync(Uri url, TransientCause cause, bool mayHaveArrived, TimeSpan? timeout = null)
    {
        using FlipClient client = Sample.Client(url, timeout);

        var outcome = Assert.IsType<CommissionOutcome.Transient>(await client.CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Equal((cause, mayHaveArrived), (outcome.Cause, outcome.MayHaveArrived));
        Assert.DoesNotContain(Sample.Token, outcome.ToString(), StringComparison.Ordinal);
    }
}
