using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.SunSpec;

/// <summary>Chooses between sources that tell the same quantity.</summary>
internal static class ChosenValue
{
    /// <summary>Two present sources that differ by more than this can't both be true.</summary>
    private const decimal Tolerance = 0.10m;

    /// <summary>
    /// The first candidate that the device has. When it can't be true, no lesser one takes its place: a battery block that was misread
    /// would be commissioned with the inverter's ratings, and nobody would know. Others that differ by more than 10 % make a conflict,
    /// which a person resolves by typing the value; in what decides nothing (<paramref name="matters"/> is false) it is told all the same.
    /// </summary>
    public static NameplateField<decimal> Of(
        string quantity, string overrideName, IReadOnlyList<NameplateField<decimal>> candidates, List<NameplateWarning> warnings,
        bool matters = true)
    {
        NameplateField<decimal> preferred = candidates.FirstOrDefault(candidate => candidate.State != FieldState.NotImplemented) ?? candidates[0];
        if (!matters && !preferred.IsPresent) preferred = candidates.FirstOrDefault(candidate => candidate.IsPresent) ?? preferred;
        if (!preferred.IsPresent) return preferred;
        foreach (NameplateField<decimal> other in candidates)
        {
            if (!other.IsPresent || Math.Abs(other.Value - preferred.Value) <= preferred.Value * Tolerance) continue;
            warnings.Add(new("conflict",
                $"the device tells the {quantity} twice and differently: {preferred}, but {other}; look at the label and type Overrides:{overrideName}", matters, overrideName));
        }

        return preferred;
    }

    /// <summary>The sum of the parts. One part that is not present makes the sum so, for a capacity without one battery is wrong.</summary>
    public static NameplateField<decimal> Sum(IReadOnlyList<NameplateField<decimal>> parts)
    {
        if (parts.Count == 1) return parts[0];
        NameplateField<decimal>? lacking = parts.FirstOrDefault(part => part.State == FieldState.Invalid)
            ?? parts.FirstOrDefault(part => !part.IsPresent);
        if (lacking is not null) return lacking;
        NameplateField<decimal> sum = parts[0] with
        {
            Value = parts.Sum(part => part.Value),
            Source = $"sum of {parts.Count} × {parts[0].Source}",
            Raw = [.. parts.SelectMany(part => part.Raw)],
        };
        return sum.Unit == "Wh" ? Plausibility.CheckCapacity(sum) : Plausibility.CheckPower(sum);
    }
}
