using System.Net.Sockets;
using Flip.Edge.Supervision;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Supervision;

public sealed class ServiceNoticesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordedSystemd _systemd = new();

    [Fact]
    public void Ready_comes_with_how_things_are()
    {
        _systemd.Notices(_time).Ready("commissioned as abc-789");
        Assert.Equal(["READY=1\nSTATUS=commissioned as abc-789"], _systemd.Told);
    }

    [Fact]
    public void A_reload_begins_with_the_monotonic_time_in_microseconds_and_ends_with_ready()
    {
        TimeSpan uptime = _time.GetElapsedTime(0);
        ServiceNotices notices = _systemd.Notices(_time);
        notices.Ready("up");
        _systemd.Told.Clear();
        using (notices.Reloading()) Assert.Equal([$"RELOADING=1\nMONOTONIC_USEC={(long)uptime.TotalMicroseconds}"], _systemd.Told);
        Assert.Equal("READY=1", _systemd.Told.Last());
    }

    [Fact]
    public void A_reload_in_the_middle_of_the_start_does_not_make_it_ready()
    {
        Assert.Null(_systemd.Notices(_time).Reloading());
        Assert.Empty(_systemd.Told);
    }

    [Fact]
    public void A_name_that_a_device_tells_cannot_speak_to_systemd()
    {
        _systemd.Notices(_time).Status("waiting for the device: battery\nMAINPID=1\r\n\0WATCHDOG=trigger");
        Assert.Equal(["STATUS=waiting for the device: battery MAINPID=1   WATCHDOG=trigger"], _systemd.Told);
    }

    [Fact]
    public void A_long_story_is_cut()
    {
        _systemd.Notices(_time).Status(new string('x', 5000));
        Assert.Equal("STATUS=".Length + 400, _systemd.Told.Single().Length);
    }

    [Fact]
    public void A_start_that_waits_asks_for_the_time_that_it_needs()
    {
        _systemd.Notices(_time).StartTakes(TimeSpan.FromSeconds(95), "waits");
        Assert.Equal(["EXTEND_TIMEOUT_USEC=95000000\nSTATUS=waits"], _systemd.Told);
    }

    [Fact]
    public void A_systemd_that_is_away_is_said_once_and_ends_nothing()
    {
        LogLines<ServiceNotices> log = new();
        ServiceNotices notices = _systemd.Notices(_time, log);
        _systemd.Failure = new SocketException((int)SocketError.ConnectionRefused);
        notices.Alive();
        notices.Alive();
        notices.Status("x");
        Assert.Equal(15, Assert.Single(log.Lines).Id);
        _systemd.Failure = null;
        notices.Alive();
        Assert.Equal(["WATCHDOG=1"], _systemd.Told);
    }
}
