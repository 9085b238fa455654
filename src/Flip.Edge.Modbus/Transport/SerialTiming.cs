namespace Flip.Edge.Modbus;

/// <summary>How long characters take on a serial line. The default value stands for a link without a speed of its own.</summary>
/// <param name="BaudRate">Bits per second.</param>
internal readonly record struct SerialTiming(int BaudRate)
{
    /// <summary>A character with start, parity or second stop, and stop bit (Modbus over Serial Line V1.02, 2.5.1).</summary>
    private const double BitsPerCharacter = 11;

    /// <summary>The silence to keep before a request: 3.5 characters, and a fixed 1.75 ms above 19200 baud (ibid., 2.5.1.1).</summary>
    public TimeSpan Gap => BaudRate switch
    {
        0 => TimeSpan.Zero,
        > 19200 => TimeSpan.FromMicroseconds(1750),
        _ => Characters(3.5),
    };

    /// <summary>How long that many characters are on the wire.</summary>
    public TimeSpan Characters(double count) => BaudRate == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(count * BitsPerCharacter / BaudRate);
}
