namespace Flip.Edge.Modbus;

/// <summary>The silences to keep between requests, and the 3.5 characters of RTU.</summary>
internal sealed class LinePause(ModbusClientOptions options, SerialTiming timing, TimeProvider time)
{
    private readonly TimeSpan _gap = options.RequestGap > timing.Gap ? options.RequestGap : timing.Gap;
    private long _lastTraffic;
    private bool _hadTraffic;

    public bool IsNeeded => _gap > TimeSpan.Zero;

    /// <summary>To be called when bytes came or went.</summary>
    public void Traffic()
    {
        if (!IsNeeded) return;
        _lastTraffic = time.GetTimestamp();
        _hadTraffic = true;
    }

    public async ValueTask BeforeRequestAsync(CancellationToken cancellationToken)
    {
        while (_hadTraffic && _gap - time.GetElapsedTime(_lastTraffic) is { Ticks: > 0 } left)
        {
            // Timers tick in whole milliseconds, and may tick a little early: hence the loop.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time, cancellationToken).ConfigureAwait(false);
        }
    }
}
