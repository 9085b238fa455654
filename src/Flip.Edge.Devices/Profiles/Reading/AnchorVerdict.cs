namespace Flip.Edge.Devices.Profiles;

/// <summary>Whether a device is what a profile describes.</summary>
/// <param name="Holds">True when every check of the anchor holds.</param>
/// <param name="Shift">The number of registers that the whole map is shifted by; 0 unless the profile knows of such firmware.</param>
/// <param name="Sentence">
/// What was found and, where it does not hold, what was expected:
/// <c>holding 5000 (0x1388) reads 0x0102 and has to be one of 0x0D17, 0x0D1E …</c>.
/// </param>
/// <param name="Answered">True when something at this unit answered: registers, or an exception that is not a gateway's.</param>
public sealed record AnchorVerdict(bool Holds, int Shift, string Sentence, bool Answered)
{
    /// <summary>True when all that the anchor reads is 0: a device of this kind that is asleep or starting looks so.</summary>
    public bool IsAllZero { get; init; }
}
