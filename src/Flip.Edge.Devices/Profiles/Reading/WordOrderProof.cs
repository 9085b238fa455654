namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>
/// The word order of a device on which it is a setting. The register that tells the setting may lie (evcc#15324), so that a point which is
/// plausible in only one order decides.
/// </summary>
/// <param name="Proven">The order that holds for every number; null: as the profile says of each.</param>
/// <param name="Reason">Why no number of more than one register can be believed; null when they can.</param>
internal sealed record WordOrderProof(WordOrder? Proven, string? Reason)
{
    public static WordOrderProof Of(PassPoints points)
    {
        if (points.Profile.Quirks.WordOrderBySetting is not { } setting) return new(null, null);
        ProfilePoint proof = points.Profile.Points[setting.Value];
        PointReading high = points.Of(proof, WordOrder.HighFirst), low = points.Of(proof, WordOrder.LowFirst);
        if (high.IsPresent != low.IsPresent) return new(high.IsPresent ? WordOrder.HighFirst : WordOrder.LowFirst, null);
        return new(null, high.IsPresent
            ? $"the device's word order is a setting, and {high.Source} could be read in both: {PointDecoder.Plain(high.Number!.Value)} and {PointDecoder.Plain(low.Number!.Value)} {proof.Unit}"
            : $"the device's word order is a setting, and can't be told: {high.Reason}; and with the low word first: {low.Reason}");
    }

    /// <summary>The order to read a point in.</summary>
    public WordOrder Of(ProfilePoint point) => point.SunSpecModel is null ? Proven ?? point.WordOrder : point.WordOrder;
}
