namespace Flip.Edge.Modbus;

/// <summary>
/// How long the devices take, and how long they are waited for therefore: four times as long, as Victron's client does
/// (<see href="https://github.com/victronenergy/dbus-modbus-client"/>), within the bounds of the options.
/// </summary>
internal sealed class ResponseTiming(ModbusClientOptions options)
{
    private const int TimesLatency = 4;

    /// <summary>Each answer counts for an eighth, as in TCP's own estimate (RFC 6298).</summary>
    private const int Smoothing = 8;

    /// <summary>In ticks, because others read it while a request is under way; negative before the first answer.</summary>
    private long _latency = -1;

    /// <summary>Null before the first answer.</summary>
    public TimeSpan? Latency => Volatile.Read(ref _latency) is >= 0 and var ticks ? new(ticks) : null;

    /// <summary>The response time-out in force.</summary>
    public TimeSpan Timeout
    {
        get
        {
            long latency = Volatile.Read(ref _latency);
            if (latency < 0) return options.ResponseTimeout;
            long timeout = Math.Clamp(latency, 0, options.MostResponseTimeout.Ticks) * TimesLatency;
            return new(Math.Clamp(timeout, options.LeastResponseTimeout.Ticks, options.MostResponseTimeout.Ticks));
        }
    }

    /// <summary>An answer began so long after its request was sent.</summary>
    public void Answered(TimeSpan latency)
    {
        long known = Volatile.Read(ref _latency);
        long ticks = Math.Max(0, latency.Ticks);
        Volatile.Write(ref _latency, known < 0 ? ticks : known + ((ticks - known) / Smoothing));
    }

    /// <summary>A reply came so long after its request, which had been given up. That counts in full, or several more would be given up.</summary>
    public void AnsweredLate(TimeSpan latency) => Volatile.Write(ref _latency, Math.Max(latency.Ticks, Volatile.Read(ref _latency)));
}
