using Flip.Edge.Configuration;
using Flip.Edge.Mqtt;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Mqtt;

/// <summary>The publisher before a broker on a real socket that misbehaves, with its waits on fake time. Chance is always 1.</summary>
public sealed class HostileBrokerTests : IDisposable
{
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);
    private readonly TempDirectory _directory = new();

    /// <summary>Pitfall 46.</summary>
    [Fact]
    public async Task A_broker_that_accepts_and_cuts_is_asked_more_and_more_rarely_and_told_of_once()
    {
        await using HostileBroker broker = HostileBroker.Start(BrokerAct.ShutDown);
        await using PublisherRig rig = await StartAsync(broker);
        int begun = 0;
        foreach (double pause in (double[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            await rig.Time.WaitsAsync(TimeSpan.FromSeconds(pause), since: begun);
            begun = rig.Time.Begun;
            rig.Time.Advance(TimeSpan.FromSeconds(pause));
        }

        await FaultRig.UntilAsync(() => broker.Accepted == 9);
        Assert.Equal([300, 301], rig.Log.Lines.Select(line => line.Id));
    }

    [Fact]
    public async Task A_connection_that_lasts_a_minute_is_told_and_begins_anew()
    {
        await using HostileBroker broker = HostileBroker.Start(number => number <= 2 ? BrokerAct.AcceptAndCut : BrokerAct.Serve);
        await using PublisherRig rig = await StartAsync(broker);
        await rig.Time.WaitsAsync(TimeSpan.FromSeconds(1));
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await rig.Time.WaitsAsync(TimeSpan.FromSeconds(2));
        int begun = rig.Time.Begun;
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        await FaultRig.UntilAsync(() => rig.State.IsConnected);
        await rig.Time.WaitsAsync(TimeSpan.FromMinutes(1), since: begun);
        Assert.Equal([300, 301], rig.Log.Lines.Select(line => line.Id));

        // In steps, so that the messages that are under way have their time.
        int tick = 0;
        await FaultRig.UntilAsync(() =>
        {
            if (tick++ % 100 == 0) rig.Time.Advance(TimeSpan.FromSeconds(5));
            return rig.Log.Lines.Count == 3;
        });
        Assert.Equal(300, rig.Log.Lines.Last().Id);
    }

    [Theory]
    [InlineData(BrokerAct.Silent, "no answer within 10 s")]
    [InlineData(BrokerAct.Http, "no answer within 10 s")]
    [InlineData(BrokerAct.ConfirmNothing, "the broker did not confirm a message within 10 s")]
    [InlineData(BrokerAct.StopReading, "the broker did not confirm a message within 10 s")]
    public async Task A_broker_that_leaves_one_waiting_is_left_after_ten_seconds(BrokerAct act, string reason)
    {
        await using HostileBroker broker = HostileBroker.Start(act);
        await using PublisherRig rig = await StartAsync(broker);
        await FaultRig.UntilAsync(() => broker.Accepted == 1);
        await rig.Time.WaitsAsync(Answer);

        // Until it gives up: the message's own deadline may begin after the connect's.
        await FaultRig.UntilAsync(() =>
        {
            rig.Time.Advance(TimeSpan.FromMilliseconds(100));
            return rig.State.Reason?.Contains(reason, StringComparison.Ordinal) == true;
        });
        Assert.Equal(301, rig.Log.Lines.Last().Id);
    }

    /// <summary>Newcomers' findings: "nothing listens there" without where, and "Connection closed.; does it want TLS".</summary>
    [Theory]
    [InlineData(true, "nothing listens on 127.0.0.1:{0}; is a broker installed")]
    [InlineData(false, "onnection closed; does it want TLS (Mqtt:Tls)?")]
    public async Task What_keeps_the_broker_away_is_one_sentence_with_its_address(bool isGone, string reason)
    {
        await using HostileBroker broker = HostileBroker.Start(BrokerAct.CloseOnConnect);
        using System.Net.Sockets.TcpListener gone = new(System.Net.IPAddress.Loopback, 0);
        gone.Start();
        int port = isGone ? ((System.Net.IPEndPoint)gone.LocalEndpoint).Port : broker.Port;
        gone.Stop();
        await using PublisherRig rig = await StartAsync(broker, mqtt => mqtt with { Port = port });
        string expected = string.Format(System.Globalization.CultureInfo.InvariantCulture, reason, port);
        await FaultRig.UntilAsync(() => rig.State.Reason?.Contains(expected, StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData(BrokerAct.HugePacket, "is it an MQTT broker?")]
    [InlineData(BrokerAct.CloseOnConnect, "onnection closed")]
    public async Task A_broker_that_makes_no_sense_is_left_at_once(BrokerAct act, string reason)
    {
        await using HostileBroker broker = HostileBroker.Start(act);
        await using PublisherRig rig = await StartAsync(broker);
        await FaultRig.UntilAsync(() => rig.State.Reason?.Contains(reason, StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData(BrokerAct.Serve)]
    [InlineData(BrokerAct.Silent)]
    [InlineData(BrokerAct.ConfirmNothing)]
    [InlineData(BrokerAct.StopReading)]
    [InlineData(BrokerAct.HugePacket)]
    public async Task It_stops_whatever_the_broker_does(BrokerAct act)
    {
        await using HostileBroker broker = HostileBroker.Start(act);
        await using PublisherRig rig = await StartAsync(broker);
        await FaultRig.UntilAsync(() => broker.Accepted >= 1 && (act != BrokerAct.Serve || rig.State.IsConnected));

        await rig.StopAsync();
    }

    /// <summary>Pitfall 46: two clients with one id throw each other out for ever (emqx#935).</summary>
    [Fact]
    public async Task A_client_id_that_is_used_twice_is_named_once_and_left_to_the_other_for_minutes()
    {
        await using HostileBroker broker = HostileBroker.Start(BrokerAct.TakeOver);
        await using PublisherRig rig = await StartAsync(broker);
        await rig.Time.WaitsAsync(BrokerPace.SlowPause);
        Assert.Equal([300, 304], rig.Log.Lines.Select(line => line.Id));
        Assert.Contains("The client id here is flip-edge-gw-0001: Gateway:Id has to differ", rig.Log.Lines.Last().Line, StringComparison.Ordinal);
        Assert.Contains("another client has connected with the same client id", rig.State.Reason, StringComparison.Ordinal);

        int begun = rig.Time.Begun;
        rig.Time.Advance(BrokerPace.SlowPause);
        await rig.Time.WaitsAsync(BrokerPace.SlowPause, since: begun);
        Assert.Equal(2, rig.Log.Lines.Count);
    }

    /// <summary>The same where the broker has no word for it.</summary>
    [Theory]
    [InlineData(MqttProtocol.Version311)]
    [InlineData(MqttProtocol.Auto)]
    internal async Task Cut_in_silence_three_times_it_suspects_a_client_id_that_is_used_twice(MqttProtocol protocol)
    {
        await using HostileBroker broker = HostileBroker.Start(BrokerAct.AcceptAndCut);
        await using PublisherRig rig = await StartAsync(broker, mqtt => mqtt with { Protocol = protocol });
        foreach (int pause in (int[])[1, 2])
        {
            await rig.Time.WaitsAsync(TimeSpan.FromSeconds(pause));
            rig.Time.Advance(TimeSpan.FromSeconds(pause));
        }

        await rig.Time.WaitsAsync(BrokerPace.SlowPause);
        Assert.Equal([300, 301, 304], rig.Log.Lines.Select(line => line.Id));
    }

    [Fact]
    public async Task A_refused_login_is_one_line_and_is_tried_again_after_minutes_or_a_reload()
    {
        await using HostileBroker broker = HostileBroker.Start(BrokerAct.RefuseLogin);
        string password = _directory.Write("password", "wrong-password");
        await using PublisherRig rig = await StartAsync(broker, mqtt => mqtt with { Username = "gateway", PasswordFile = password });
        await rig.Time.WaitsAsync(BrokerPace.SlowPause);
        Assert.Equal((303, 1), (rig.Log.Lines.First().Id, rig.Log.Lines.Count));
        Assert.Contains($"refuses the login (BadUserNameOrPassword), the user of Mqtt:Username with the password in {password}", rig.State.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", rig.Log.Lines.First().Line, StringComparison.Ordinal);

        broker.Become(BrokerAct.Serve);
        rig.State.TryAgain.Raise();
        await FaultRig.UntilAsync(() => rig.State.IsConnected);
        Assert.Null(rig.State.Reason);
    }

    [Fact]
    public async Task What_a_broker_says_to_a_refusal_is_quoted_in_one_line_without_the_login_and_never_steers_a_terminal()
    {
        await using HostileBroker broker = HostileBroker.Start(BrokerAct.RefuseLogin);
        broker.Words = "gateway%21 with wrong%2Dpassword?\u001b[2J\nMQTT broker is connected\u2028\u202e";
        await using PublisherRig rig = await StartAsync(broker, mqtt => mqtt with { Username = "gateway!", PasswordFile = _directory.Write("password", "wrong-password") });
        await rig.Time.WaitsAsync(BrokerPace.SlowPause);

        Assert.Contains("(BadUserNameOrPassword, *** with ***?[2J MQTT broker is connected), the user of", rig.State.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_can_not_be_read_costs_the_broker_nothing_and_is_looked_at_again()
    {
        await using HostileBroker broker = HostileBroker.Start(BrokerAct.Serve);
        await using PublisherRig rig = await StartAsync(broker, mqtt => mqtt with { Username = "gateway", PasswordFile = _directory.File("password") });
        await rig.Time.WaitsAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((307, 0), (rig.Log.Lines.Single().Id, broker.Accepted));

        _directory.Write("password", "right");
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await FaultRig.UntilAsync(() => rig.State.IsConnected);
    }

    [Fact]
    public async Task A_broker_of_before_mqtt_5_is_spoken_to_in_3_1_1_at_once_and_from_then_on()
    {
        await using HostileBroker broker = HostileBroker.Start(number => number <= 2 ? BrokerAct.OnlyVersion311 : BrokerAct.AcceptAndCut);
        await using PublisherRig rig = await StartAsync(broker);
        await FaultRig.UntilAsync(() => rig.State.IsConnected);
        Assert.Equal([5, 4], broker.Connects.Select(connect => connect.Level));
        Assert.Equal(306, Assert.Single(rig.ConnectorLog.Lines).Id);
        Assert.Contains("MQTT 3.1.1", rig.Log.Lines.Single().Line, StringComparison.Ordinal);
        Assert.All(broker.Connects, connect => Assert.Equal("flip-edge-gw-0001", connect.ClientId));
    }

    [Fact]
    public async Task Only_the_version_that_is_set_is_spoken()
    {
        await using HostileBroker broker = HostileBroker.Start(BrokerAct.OnlyVersion311);
        await using PublisherRig rig = await StartAsync(broker, mqtt => mqtt with { Protocol = MqttProtocol.Version5, ClientId = "mine" });
        await FaultRig.UntilAsync(() => !rig.Log.Lines.IsEmpty);
        Assert.Equal([(5, "mine")], broker.Connects.Select(connect => (connect.Level, connect.ClientId)));
        Assert.False(rig.State.IsConnected);
    }

    private Task<PublisherRig> StartAsync(HostileBroker broker, Func<MqttSettings, MqttSettings>? change = null)
    {
        MqttSettings mqtt = new(true, "127.0.0.1", broker.Port, "flip-edge");
        return PublisherRig.StartAsync(EdgeUnderTest.Settings(_directory, null), change is null ? mqtt : change(mqtt));
    }

    public void Dispose() => _directory.Dispose();
}
