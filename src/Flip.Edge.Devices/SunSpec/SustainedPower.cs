using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>What battery and inverter can sustain together: the smaller of the two.</summary>
internal static class SustainedPower
{
    /// <summary>
    /// The smaller of two present limits, and which part it belongs to. With one present, that one, and no verdict. An inverter that
    /// tells no limit for this direction limits by its rated power; its rated power alone says nothing of the battery.
    /// </summary>
    /// <param name="battery">The battery's limit, on its DC side.</param>
    /// <param name="inverter">The inverter's own limit for this direction.</param>
    /// <param name="inverterRating">The inverter's rated power.</param>
    public static (NameplateField<decimal> Field, LimitingPart? By) Of(
        NameplateField<decimal> battery, NameplateField<decimal> inverter, NameplateField<decimal> inverterRating)
    {
        // A battery that tells a limit which can't be true is no battery without one: the inverter's is not taken in its place.
        if (battery.State == FieldState.Invalid) return (battery, null);
        if (!battery.IsPresent) return (inverter.State == FieldState.NotImplemented ? battery : inverter, null);
        NameplateField<decimal> cap = inverter.IsPresent ? inverter : inverterRating;
        if (!cap.IsPresent)
        {
            NameplateField<decimal>? unreadable = new[] { inverter, inverterRating }.FirstOrDefault(limit => limit.State == FieldState.Invalid);
            return (unreadable ?? battery, null);
        }

        if (battery.Value <= cap.Value) return (battery, LimitingPart.Battery);
        return (cap with { Kind = FieldKind.Limited, Source = $"{cap.Source}, below {battery.Source}" }, LimitingPart.Inverter);
    }
}
