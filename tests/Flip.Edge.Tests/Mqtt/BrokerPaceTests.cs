using Flip.Edge.Mqtt;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Mqtt;

/// <summary>How long one waits for a broker. Chance is always 1: each pause is whole.</summary>
public sealed class BrokerPaceTests
{
    private static readonly BrokerException Away = new(BrokerTrouble.Away, "away");
    private static readonly BrokerException Silent = new(BrokerTrouble.Away, "cut") { IsSilentCut = true };

    private readonly FakeTimeProvider _time = new();
    private readonly BrokerPace _pace;

    public BrokerPaceTests() => _pace = new(_time, () => 1);

    [Fact]
    public void The_pause_doubles_from_a_second_to_a_minute()
    {
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(0, 8).Select(_ => Failed()));
    }

    [Fact]
    public void Half_of_a_pause_is_chance()
    {
        BrokerPace quick = new(_time, () => 0);
        quick.Ended(Away);
        Assert.Equal(TimeSpan.FromSeconds(0.5), quick.Next(BrokerTrouble.Away));
    }

    /// <summary>Pitfall 46: the pause must also hold after a connect that succeeded and was cut.</summary>
    [Fact]
    public void A_connection_that_is_cut_within_a_minute_makes_the_next_pause_longer_all_the_same()
    {
        Assert.Equal([1, 2, 4, 8], Enumerable.Range(0, 4).Select(_ => Connected(TimeSpan.FromSeconds(59))));
    }

    [Fact]
    public void A_connection_that_was_stable_for_a_minute_begins_anew()
    {
        for (int i = 0; i < 5; i++) Failed();
        Assert.Equal(1, Connected(TimeSpan.FromMinutes(1)));
        Assert.Equal(2, Failed());
    }

    [Theory]
    [InlineData(BrokerTrouble.Refused)]
    [InlineData(BrokerTrouble.TakenOver)]
    internal void Who_is_refused_or_thrown_out_comes_back_after_minutes_however_long_he_was_connected(BrokerTrouble trouble)
    {
        _pace.Connected();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(_pace.Ended(new(trouble, "no")));
        Assert.Equal(BrokerPace.SlowPause, _pace.Next(trouble));
    }

    /// <summary>Pitfall 46, where the broker does not say it: MQTT 3.1.1 has no reason for a cut, and mosquitto 2.0.11 gives none under 5.</summary>
    [Fact]
    public void Three_silent_cuts_in_a_row_look_like_a_client_id_that_is_used_twice()
    {
        Assert.Equal([false, false, true], Enumerable.Range(0, 3).Select(_ => Cut(TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void A_broker_that_could_not_be_reached_in_between_was_restarting()
    {
        Assert.False(Cut(TimeSpan.FromSeconds(1)));
        Assert.False(Cut(TimeSpan.FromSeconds(1)));
        Failed();
        Assert.False(Cut(TimeSpan.FromSeconds(1)));
    }

    /// <summary>The other one waits as long, so that each is connected for minutes: that is no end of it.</summary>
    [Fact]
    public void Once_it_looks_so_minutes_of_quiet_do_not_change_it_but_an_hour_does()
    {
        for (int i = 0; i < 3; i++) Cut(TimeSpan.FromSeconds(1));
        Assert.True(Cut(TimeSpan.FromMinutes(4)));
        Assert.False(Cut(TimeSpan.FromHours(1)));
    }

    private double Failed()
    {
        _pace.Ended(Away);
        return _pace.Next(BrokerTrouble.Away).TotalSeconds;
    }

    private double Connected(TimeSpan lasted)
    {
        _pace.Connected();
        _time.Advance(lasted);
        _pace.Ended(Away);
        return _pace.Next(BrokerTrouble.Away).TotalSeconds;
    }

    private bool Cut(TimeSpan lasted)
    {
        _pace.Connected();
        _time.Advance(lasted);
        _pace.Ended(Silent);
        return _pace.LooksTakenOver;
    }
}
