using System.Globalization;
using Flip.Edge.Commissioning;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Commissioning;

public sealed class ClockSynchronizationTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(Now);

    [Fact]
    public void Where_there_is_no_witness_nobody_can_tell()
    {
        Assert.Null(Look(kernel: null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_timesyncd_the_kernel_has_the_word(bool synchronized)
    {
        Assert.Equal(synchronized, Look(synchronized));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public void The_marker_of_timesyncd_is_enough_and_while_it_runs_without_one_the_clock_is_not_set(bool? kernel)
    {
        Directory.CreateDirectory(_directory.File("timesync"));
        Assert.False(Look(kernel));

        _directory.Write("timesync/synchronized", "");
        Assert.True(Look(kernel));
    }

    [Fact]
    public void Another_time_service_may_have_set_the_clock_beside_a_timesyncd_that_has_not()
    {
        Directory.CreateDirectory(_directory.File("timesync"));

        Assert.True(Look(kernel: true));
    }

    [Theory]
    [InlineData("1\n", 0, true)]
    [InlineData("1\n", -14, true)]
    [InlineData("1\n", 14, true)]
    [InlineData("0\n", 0, false)]
    [InlineData("1\n", 48, false)]
    [InlineData("1\n", -24 * 365 * 50, false)]
    public void A_hardware_clock_that_set_the_clock_and_agrees_with_it_is_enough(string setTheClock, int hours, bool enough)
    {
        Directory.CreateDirectory(_directory.File("timesync"));
        HardwareClock(setTheClock, Now.AddHours(hours).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

        Assert.Equal(enough, Look(kernel: false));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon\n")]
    public void A_hardware_clock_that_cannot_be_read_is_no_witness(string? sinceEpoch)
    {
        HardwareClock("1\n", sinceEpoch);

        Assert.Null(Look(kernel: null));
    }

    private bool? Look(bool? kernel) =>
        new ClockSynchronization(_time, _directory.File("timesync"), _directory.File("rtc"), () => kernel).Look();

    // As in /sys/class/rtc: a symbolic link to the directory of the clock.
    private void HardwareClock(string setTheClock, string? sinceEpoch)
    {
        Directory.CreateDirectory(_directory.File("devices/rtc0"));
        _directory.Write("devices/rtc0/hctosys", setTheClock);
        if (sinceEpoch is not null) _directory.Write("devices/rtc0/since_epoch", sinceEpoch);
        Directory.CreateDirectory(_directory.File("rtc"));
        Directory.CreateSymbolicLink(_directory.File("rtc/rtc0"), _directory.File("devices/rtc0"));
    }

    public void Dispose() => _directory.Dispose();
}
