using Flip.Edge.Configuration;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Mqtt;

/// <summary>
/// The publisher before a broker whose TLS misbehaves, on a real socket and with real certificates, its waits on fake time. Each ends in a sentence, is asked
/// more and more rarely, and leaves no connection behind. Chance is always 1.
/// </summary>
public sealed class HostileTlsTests : IDisposable
{
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);
    private readonly TempDirectory _directory = new();
    private readonly MockCertificates _certificates = new(TimeProvider.System.GetUtcNow());

    [Theory]
    [InlineData(TlsAct.Expired, "the broker's certificate has expired: it was valid until ")]
    [InlineData(TlsAct.NotYetValid, "the broker's certificate is valid from ")]
    [InlineData(TlsAct.OtherHost, "the broker's certificate is for portal.invalid, and not for 127.0.0.1")]
    [InlineData(TlsAct.Untrusted, "\"CN=Somebody else's authority\", which is not among those in Mqtt:CaFile")]
    [InlineData(TlsAct.CutHandshake, "the TLS handshake failed (")]
    [InlineData(TlsAct.NoTls, "is {port} the broker's port for TLS?")]
    [InlineData(TlsAct.GarbageAfterHandshake, "the broker ends the connection instead of accepting it: ")]
    [InlineData(TlsAct.CutRecord, "the broker ends the connection instead of accepting it: ")]
    [InlineData(TlsAct.Renegotiate, "the broker ends the connection instead of accepting it: ")]
    public async Task A_broker_whose_tls_is_wrong_is_told_of_once_and_asked_more_and_more_rarely(TlsAct act, string sentence)
    {
        await using HostileBroker broker = Start(act);
        await using PublisherRig rig = await StartAsync(broker);
        int begun = 0;
        foreach (double pause in (double[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            await rig.Time.WaitsAsync(TimeSpan.FromSeconds(pause), since: begun);
            begun = rig.Time.Begun;
            rig.Time.Advance(TimeSpan.FromSeconds(pause));
        }

        await FaultRig.UntilAsync(() => broker.Accepted == 9 && broker.Open == 0);
        Assert.Equal(301, Assert.Single(rig.Log.Lines).Id);
        Assert.Contains(sentence.Replace("{port}", $"{broker.Port}", StringComparison.Ordinal), rig.State.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TlsAct.Silent)]
    [InlineData(TlsAct.HalfAHandshake)]
    [InlineData(TlsAct.HalfARecord)]
    [InlineData(TlsAct.EmptyRecord)]
    public async Task A_broker_that_never_finishes_is_left_after_ten_seconds(TlsAct act)
    {
        await using HostileBroker broker = Start(act);
        await using PublisherRig rig = await StartAsync(broker);
        await FaultRig.UntilAsync(() => broker.Accepted == 1);
        await rig.Time.WaitsAsync(Answer);

        rig.Time.Advance(Answer);

        await FaultRig.UntilAsync(() => rig.State.Reason == "no answer within 10 s" && broker.Open == 0);
        Assert.Equal(301, Assert.Single(rig.Log.Lines).Id);
    }

    [Theory]
    [InlineData(BrokerAct.ConfirmNothing)]
    [InlineData(BrokerAct.StopReading)]
    public async Task A_broker_that_accepts_over_tls_and_confirms_nothing_is_left_after_ten_seconds(BrokerAct act)
    {
        await using HostileBroker broker = HostileBroker.Start(_ => act, _certificates, _ => TlsAct.Good);
        await using PublisherRig rig = await StartAsync(broker);
        await rig.Time.WaitsAsync(Answer);

        await FaultRig.UntilAsync(() =>
        {
            rig.Time.Advance(TimeSpan.FromMilliseconds(100));
            return rig.State.Reason == "the broker did not confirm a message within 10 s";
        });
    }

    [Fact]
    public async Task When_the_broker_has_come_to_its_senses_it_is_connected()
    {
        await using HostileBroker broker = HostileBroker.Start(_ => BrokerAct.Serve, _certificates, number => number == 1 ? TlsAct.Expired : TlsAct.Good);
        await using PublisherRig rig = await StartAsync(broker);
        await rig.Time.WaitsAsync(TimeSpan.FromSeconds(1));

        rig.Time.Advance(TimeSpan.FromSeconds(1));

        await FaultRig.UntilAsync(() => rig.State.IsConnected);
        Assert.Equal([301, 300], rig.Log.Lines.Select(line => line.Id));
    }

    [Theory]
    [InlineData(TlsAct.Silent)]
    [InlineData(TlsAct.HalfAHandshake)]
    [InlineData(TlsAct.HalfARecord)]
    [InlineData(TlsAct.EmptyRecord)]
    public async Task It_stops_in_the_middle_of_a_handshake_that_never_ends(TlsAct act)
    {
        await using HostileBroker broker = Start(act);
        await using PublisherRig rig = await StartAsync(broker);
        await FaultRig.UntilAsync(() => broker.Accepted == 1);

        await rig.StopAsync();
    }

    private HostileBroker Start(TlsAct act) => HostileBroker.Start(_ => BrokerAct.Serve, _certificates, _ => act);

    private Task<PublisherRig> StartAsync(HostileBroker broker)
    {
        MqttTlsSettings tls = new(_directory.Write("broker-ca.pem", _certificates.AuthorityPem), null, null);
        return PublisherRig.StartAsync(EdgeUnderTest.Settings(_directory, null), new(true, "127.0.0.1", broker.Port, "flip-edge") { Tls = tls, Protocol = MqttProtocol.Version5 });
    }

    public void Dispose()
    {
        _certificates.Dispose();
        _directory.Dispose();
    }
}
