namespace Flip.Edge.Devices.SunSpec;

/// <summary>Where a SunSpec map may begin, 0-based PDU addresses.</summary>
internal static class SunSpecBases
{
    /// <summary>"SunS".</summary>
    public const ushort MarkerHigh = 0x5375, MarkerLow = 0x6E53;

    /// <summary>The three bases of the specification, most common first (pysunspec#11 for the third).</summary>
    public static readonly ushort[] Standard = [40000, 50000, 0];

    /// <summary>One register off, as after a firmware that counts from 1 (Energy2Shelly_ESP#47).</summary>
    public static readonly ushort[] Neighbours = [40001, 39999, 50001, 49999, 1];
}
