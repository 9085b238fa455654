namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>Arithmetic with what a device says and a file makes of it: neither may bring a reading down with an overflow.</summary>
internal static class Magnitude
{
    // Far above every watt-hour, and far enough below the most of a decimal for sums.
    private const double Most = 1e24;

    /// <summary>The product, or null where it is beyond all measure.</summary>
    public static decimal? Times(decimal one, decimal two) => Math.Abs((double)one * (double)two) <= Most ? one * two : null;

    /// <summary>The quotient, or null where it is beyond all measure. The divisor is not 0.</summary>
    public static decimal? Over(decimal of, decimal by) => Math.Abs((double)of / (double)by) <= Most ? of / by : null;
}
