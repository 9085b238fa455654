using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Cloud.Tests.Credentials;

/// <summary>A client token in a file, against a cloud that no longer takes it.</summary>
public sealed class RefusedTokenTests : IDisposable
{
    private readonly CredentialFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_revoked_token_is_unauthorized_after_one_request_until_the_file_has_the_new_one()
    {
        MockFlipCloudOptions options = new() { ClientToken = Sample.Token };
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(options, Sample.Stop);
        string file = _folder.Write("token", Sample.Token);
        using FlipClient client = new(new() { BaseUrl = cloud.BaseUrl }, new TokenFileCredential(file, null), TimeProvider.System);
        options.ClientToken = "the-new-token";

        var refused = Assert.IsType<CommissionOutcome.Unauthorized>(await client.CommissionAsync(Sample.Body, Sample.Stop));
        Assert.Equal((401, "Flip did not accept the client token: replace it with a valid one."), (refused.Status, refused.Sentence));
        Assert.Equal(1, cloud.Ledger.CommissionRequests);

        _folder.Write("token", "the-new-token");
        Assert.IsType<CommissionOutcome.Commissioned>(await client.CommissionAsync(Sample.Body, Sample.Stop));
        Assert.Equal(2, cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task A_token_that_was_replaced_while_the_old_one_was_on_its_way_is_sent_at_once()
    {
        string file = _folder.Write("token", "old");
        await using RawServer server = RawServer.Start(async (stream, self) =>
        {
            await self.ReadRequestAsync(stream);
            bool isOld = self.Head.Contains("Bearer old", StringComparison.Ordinal);
            if (isOld) _folder.Write("token", "new");
            await RawServer.WriteAsync(stream, isOld ? "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"programs\":[]}");
        });
        using FlipClient client = new(new() { BaseUrl = server.Url }, new TokenFileCredential(file, null), TimeProvider.System);

        Assert.IsType<CommissionOutcome.Commissioned>(await client.CommissionAsync(Sample.Body, Sample.Stop));
        Assert.Equal(2, server.Connections);
        Assert.Equal(Sample.Body, server.Body);
    }

    [Fact]
    public async Task A_refusal_is_remembered_until_Flip_takes_the_credential_and_an_outage_does_not_change_that()
    {
        Queue<int> statuses = new([401, 503, 200]);
        await using RawServer server = RawServer.Script(_ => new(statuses.Dequeue(), "{\"programs\":[]}"));
        using FlipClient client = new(new() { BaseUrl = server.Url }, new TokenFileCredential(_folder.Write("token", "a"), null), TimeProvider.System);
        Assert.False(client.IsCredentialRefused);

        foreach (bool expected in (bool[])[true, true, false])
        {
            await client.CommissionAsync(Sample.Body, Sample.Stop);
            Assert.Equal(expected, client.IsCredentialRefused);
        }
    }

    /// <summary>The field's finding: the right token was written into the file, and did not help, for the service had a copy of the wrong one.</summary>
    [Fact]
    public async Task A_token_that_systemd_copied_is_to_be_replaced_where_it_was_copied_from_with_a_restart()
    {
        _folder.Write("flip-client-token", "yesterdays-token");
        await using RawServer server = RawServer.Script(_ => new(401, ""));
        using FlipClient client = new(new() { BaseUrl = server.Url }, new TokenFileCredential(null, _folder.Path), TimeProvider.System);

        var refused = Assert.IsType<CommissionOutcome.Unauthorized>(await client.CommissionAsync(Sample.Body, Sample.Stop));

        Assert.Equal("/etc/flip-edge/flip-client-token", refused.CopyOf);
        Assert.Equal(
            "Flip did not accept the client token: replace it with a valid one (/etc/flip-edge/flip-client-token, mode 0600, root) and systemctl restart flip-edge: the service has the copy that systemd made at its start.",
            refused.Sentence);
    }

    [Fact]
    public async Task A_403_is_not_sent_again_with_another_token()
    {
        string file = _folder.Write("token", "old");
        await using RawServer server = RawServer.Script(_ =>
        {
            _folder.Write("token", "new");
            return new(403, "");
        });
        using FlipClient client = new(new() { BaseUrl = server.Url }, new TokenFileCredential(file, null), TimeProvider.System);

        Assert.Equal(403, Assert.IsType<CommissionOutcome.Unauthorized>(await client.CommissionAsync(Sample.Body, Sample.Stop)).Status);
        Assert.Equal(1, server.Connections);
    }
}
