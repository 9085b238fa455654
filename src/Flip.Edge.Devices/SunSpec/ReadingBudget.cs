using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>
/// How long a nameplate may take, both readings together. The steps of a walk are bounded, and so is each of them; but a device that lets
/// most requests time out would make one reading of all bounded steps last for hours.
/// </summary>
internal sealed class ReadingBudget(IModbusClient client, byte unit, TimeProvider timeProvider)
{
    // A slow line (9600 baud, one byte each 20 ms) needs half a minute for both readings; a patient time-out needs more.
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(2);
    private const int ResponseTimeouts = 40;

    private readonly long _began = timeProvider.GetTimestamp();
    private readonly TimeSpan _most = TimeSpan.FromTicks(Math.Max(Least.Ticks, client.Options.ResponseTimeout.Ticks * ResponseTimeouts));

    /// <summary>Ends the reading when its time is up.</summary>
    /// <exception cref="DeviceNotReadableException">It is.</exception>
    public void Check()
    {
        if (timeProvider.GetElapsedTime(_began) <= _most) return;
        throw new DeviceNotReadableException(FormattableString.Invariant(
            $"{client.Endpoint.Bus} unit {unit} could not be read within {_most.TotalSeconds:0} s: it lets too many requests wait or fail; it is tried again, and the line or another client may be the cause"));
    }
}
