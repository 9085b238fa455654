namespace Flip.Edge.Devices;

/// <summary>The device answers, but not in a way that a nameplate can be read from; the message says what was tried and what to do.</summary>
public sealed class DeviceNotReadableException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether it sleeps or starts, and is no other device for that: it is waited for.</summary>
    public bool IsAsleep { get; init; }
}
