using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting.Systemd;

namespace Flip.Edge.Supervision;

/// <summary>What systemd is told (sd_notify(3)). Without systemd every call does nothing.</summary>
internal sealed partial class ServiceNotices(ISystemdNotifier systemd, TimeProvider time, ILogger<ServiceNotices> log)
{
    // What systemctl shows in one line, and far below the 4096 bytes that systemd takes.
    private const int LongestStatus = 400;

    private int _isSaid;
    private volatile bool _isReady;

    /// <summary>Whether anybody listens.</summary>
    public bool IsHeard => systemd.IsEnabled;

    /// <summary>The service is up.</summary>
    /// <param name="status">How things are, for a person.</param>
    public void Ready(string status)
    {
        _isReady = true;
        Send($"READY=1\nSTATUS={OneLine(status)}");
    }

    /// <summary>How things are, for a person.</summary>
    public void Status(string status) => Send($"STATUS={OneLine(status)}");

    /// <summary>The watchdog is fed.</summary>
    public void Alive() => Send("WATCHDOG=1");

    /// <summary>The end has begun.</summary>
    public void Stopping() => Send("STOPPING=1\nSTATUS=stopping");

    /// <summary>The start takes longer, and why.</summary>
    public void StartTakes(TimeSpan time, string status) => Send(string.Create(
        CultureInfo.InvariantCulture, $"EXTEND_TIMEOUT_USEC={(long)time.TotalMicroseconds}\nSTATUS={OneLine(status)}"));

    /// <summary>
    /// A reload has begun; disposing what is returned ends it. Right for <c>Type=notify-reload</c> of systemd 253, which needs the monotonic
    /// time, and for <c>Type=notify</c>, which takes no notice of it. One before the service is ready is part of its start.
    /// </summary>
    /// <returns>Null when there is nothing to end.</returns>
    public IDisposable? Reloading()
    {
        if (!_isReady) return null;
        Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={(long)time.GetElapsedTime(0).TotalMicroseconds}"));
        return new Reload(this);
    }

    // A device tells its own name, and must not tell systemd anything in a line of its own.
    private static string OneLine(string text)
    {
        string line = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length <= LongestStatus ? line : $"{line[..(LongestStatus - 1)]}…";
    }

    private void Send(string state)
    {
        if (!systemd.IsEnabled) return;
        try
        {
            systemd.Notify(new ServiceState(state));
        }
        catch (SocketException failed)
        {
            if (Interlocked.Exchange(ref _isSaid, 1) == 0) LogNotTold(failed.Message);
        }
    }

    [LoggerMessage(15, LogLevel.Warning, "systemd can't be told how things are (NOTIFY_SOCKET): {Why}. Without that it may take this daemon for hung")]
    private partial void LogNotTold(string why);

    private sealed class Reload(ServiceNotices notices) : IDisposable
    {
        public void Dispose() => notices.Send("READY=1");
    }
}
