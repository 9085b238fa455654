namespace Flip.Edge.Devices.Nameplates;

/// <summary>Why a rating of 0 is never taken, in words for who stands before the device.</summary>
internal static class ZeroRating
{
    /// <summary>The rest of a sentence about the register that says 0.</summary>
    public const string Sentence = "nothing is rated at 0: the battery or inverter that it tells of may not be connected, or may not answer yet";
}
