using System.Security.Cryptography.X509Certificates;
using Flip.Edge.Cloud;
using Flip.Edge.Configuration;
using Flip.Edge.Otlp;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Trust;

/// <summary>A server that does not send its intermediate certificate: nobody but it is asked for it, and the sentence says what is missing.</summary>
public sealed class UnfinishedChainTests : IAsyncLifetime
{
    private const string Sentence = "the certificate is not trusted (PartialChain)", Advice = "the server does not send its intermediate certificate, or is of an authority that is unknown here; have it send its whole chain";
    private readonly TempDirectory _directory = new();
    private readonly UnfinishedChain _server = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_address_is_asked_by_whoever_does_not_forbid_it_so_that_the_others_here_tell_something()
    {
        using X509Chain chain = new();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;

        Assert.False(await Task.Run(() => chain.Build(_server.Leaf), TestContext.Current.CancellationToken));

        await FaultRig.UntilAsync(() => _server.Asked > 0);
    }

    [Fact]
    public async Task Flip_is_not_trusted_and_nobody_else_is_asked()
    {
        using FlipClient client = new(new() { BaseUrl = new($"https://localhost:{_server.Port}") }, new TokenFileCredential(_directory.Write("token", "a-token"), null), TimeProvider.System);

        CommissionOutcome.Transient outcome = Assert.IsType<CommissionOutcome.Transient>(await client.CommissionAsync("{}"u8.ToArray(), TestContext.Current.CancellationToken));

        Assert.Equal((TransientCause.Tls, 0), (outcome.Cause, _server.Asked));
        Assert.Contains(Sentence, outcome.Detail, StringComparison.Ordinal);
        Assert.Contains(Advice, outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_is_not_trusted_and_nobody_else_is_asked()
    {
        using OtlpClient client = new(OtlpSettings.None with { Endpoint = new($"https://localhost:{_server.Port}") }, TimeProvider.System, null);

        OtlpAnswer answer = await client.SendAsync(OtlpKind.Logs, "{}"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal((true, 0), (answer.MayRetry, _server.Asked));
        Assert.Contains(Sentence, answer.Failure, StringComparison.Ordinal);
        Assert.Contains(Advice, answer.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "which is not among those in Mqtt:CaFile: put its CA's certificate there; if it is there, have the broker send its intermediate certificate too")]
    [InlineData(false, "which this system does not trust: name its CA's certificate in Mqtt:CaFile; if it is there, have the broker send its intermediate certificate too")]
    public async Task A_broker_is_not_trusted_and_nobody_else_is_asked(bool hasOwnRoots, string sentence)
    {
        MqttTlsSettings tls = new(hasOwnRoots ? _directory.Write("ca.pem", _server.Root.ExportCertificatePem()) : null, null, null);
        await using PublisherRig rig = await PublisherRig.StartAsync(
            EdgeUnderTest.Settings(_directory, null), new(true, "127.0.0.1", _server.Port, "flip-edge") { Tls = tls, Protocol = MqttProtocol.Version5 });

        await FaultRig.UntilAsync(() => rig.State.Reason?.Contains(sentence, StringComparison.Ordinal) == true);

        Assert.Equal(0, _server.Asked);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }
}
