using System.Globalization;

namespace Flip.Edge.Commissioning;

/// <summary>
/// Whether somebody has set this machine's clock who knows the time. One good witness is enough; a machine without any is not accused.
/// </summary>
/// <param name="time">The clock that is asked about.</param>
/// <param name="timesync">Runtime directory of systemd-timesyncd; it is there while that runs.</param>
/// <param name="rtc">Where the kernel lists hardware clocks.</param>
/// <param name="kernel">What the kernel holds of its clock; null when it can't be asked.</param>
internal sealed class ClockSynchronization(TimeProvider time, string timesync, string rtc, Func<bool?> kernel)
{
    /// <summary>
    /// A hardware clock in local time is up to 14 h off; one whose battery is flat shows another year than timesyncd, which goes on from
    /// the last shutdown.
    /// </summary>
    private static readonly TimeSpan Agreement = TimeSpan.FromDays(1);

    /// <summary>Of this machine.</summary>
    public static ClockSynchronization OfThisMachine(TimeProvider time) =>
        new(time, "/run/systemd/timesync", "/sys/class/rtc", KernelClock.IsSynchronized);

    /// <summary>True: set by NTP or a battery-backed clock. False: it has not been set yet. Null: nobody here can tell.</summary>
    public bool? Look()
    {
        // The marker: freedesktop.org/software/systemd/man/systemd-time-wait-sync.service.html
        if (File.Exists(Path.Combine(timesync, "synchronized"))) return true;
        bool? told = kernel();
        if (told is true || IsSetByHardware()) return true;
        return told is false || Directory.Exists(timesync) ? false : null;
    }

    private bool IsSetByHardware()
    {
        if (!Directory.Exists(rtc)) return false;
        DateTimeOffset now = time.GetUtcNow();
        foreach (string clock in Directory.EnumerateDirectories(rtc, "rtc*"))
        {
            // hctosys: the kernel took its time from this clock when it started; docs.kernel.org/admin-guide/rtc.html
            if (Number(clock, "hctosys") != 1 || Number(clock, "since_epoch") is not { } seconds) continue;
            if (Math.Abs(seconds - now.ToUnixTimeSeconds()) <= Agreement.TotalSeconds) return true;
        }

        return false;
    }

    private static long? Number(string clock, string attribute)
    {
        try
        {
            string text = File.ReadAllText(Path.Combine(clock, attribute));
            return long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // A clock that was never set answers EINVAL: no witness.
            return null;
        }
    }
}
