namespace Flip.Edge.Modbus;

/// <summary>
/// Which RTU requests were given up a short while ago. An RTU reply carries no transaction id: the late reply to a request that timed out
/// looks exactly like the answer to the next one of the same unit and function. So that next one is held back, and the line listened
/// to, until the late reply was seen and thrown away or one more response time-out has passed since the first gave up. A device that
/// answers later than twice the response time-out can still deceive us: then the time-out is set too short for it.
/// </summary>
internal sealed class Quarantine(TimeProvider time)
{
    private readonly Dictionary<(byte Unit, byte Function), (long SentAt, long Until)> _givenUp = [];

    public void Add(in ModbusCall call, long sentAt, TimeSpan span) =>
        _givenUp[(call.Unit, call.Function)] = (sentAt, time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency));

    /// <summary>How long the line has still to be listened to before this request, and when the one given up was sent.</summary>
    public TimeSpan Left(in ModbusCall call, out long sentAt)
    {
        sentAt = 0;
        if (_givenUp.Count == 0 || !_givenUp.TryGetValue((call.Unit, call.Function), out (long SentAt, long Until) entry)) return TimeSpan.Zero;
        sentAt = entry.SentAt;
        TimeSpan left = time.GetElapsedTime(time.GetTimestamp(), entry.Until);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Remove(in ModbusCall call)
    {
        if (_givenUp.Count > 0) _givenUp.Remove((call.Unit, call.Function));
    }
}
