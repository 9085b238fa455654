namespace Flip.Edge.Devices.Nameplates;

/// <summary>What a home battery can be. A value outside is a misread register, not a battery.</summary>
public static class Plausibility
{
    /// <summary>Least believable energy, Wh.</summary>
    public const decimal LeastCapacityWh = 500;

    /// <summary>Most believable energy, Wh.</summary>
    public const decimal MostCapacityWh = 10_000_000;

    /// <summary>Least believable power, W.</summary>
    public const decimal LeastPowerW = 100;

    /// <summary>Most believable power, W.</summary>
    public const decimal MostPowerW = 10_000_000;

    /// <summary>Least and most believable watts for each watt-hour.</summary>
    public const decimal LeastCRate = 0.1m, MostCRate = 2m;

    /// <summary>An energy within limits, or the same field marked invalid with a sentence.</summary>
    public static NameplateField<decimal> CheckCapacity(NameplateField<decimal> field) =>
        Within(field, LeastCapacityWh, MostCapacityWh);

    /// <summary>A power within limits, or the same field marked invalid with a sentence.</summary>
    public static NameplateField<decimal> CheckPower(NameplateField<decimal> field) => Within(field, LeastPowerW, MostPowerW);

    /// <summary>Warnings for powers that don't fit the energy. Two typed values are a person's word and are left alone.</summary>
    public static IEnumerable<NameplateWarning> CompareEnergyWithPower(Nameplate nameplate)
    {
        foreach ((string name, NameplateField<decimal> power, string typed) in
                 new[] { ("charge", nameplate.MaxChargeW, nameof(NameplateOverrides.MaxChargeW)), ("discharge", nameplate.MaxDischargeW, nameof(NameplateOverrides.MaxDischargeW)) })
        {
            if (!power.IsPresent || !nameplate.CapacityWh.IsPresent) continue;
            if (power.Kind == FieldKind.Typed && nameplate.CapacityWh.Kind == FieldKind.Typed) continue;
            decimal rate = power.Value / nameplate.CapacityWh.Value;
            if (rate is >= LeastCRate and <= MostCRate) continue;
            yield return new("implausible", FormattableString.Invariant(
                $"a {name} power of {power} does not fit a capacity of {nameplate.CapacityWh}: {rate:0.###} W for each Wh, and {LeastCRate} to {MostCRate} is usual; compare both with the label and type Overrides:{nameof(NameplateOverrides.CapacityWh)} and Overrides:{typed}"), true);
        }
    }

    private static NameplateField<decimal> Within(NameplateField<decimal> field, decimal least, decimal most)
    {
        if (!field.IsPresent || (field.Value >= least && field.Value <= most)) return field;
        string why = field.Value == 0 ? ZeroRating.Sentence : FormattableString.Invariant($"a value from {least} to {most} {field.Unit} is expected");
        return field with
        {
            State = FieldState.Invalid,
            Value = default,
            Kind = null,
            Reason = FormattableString.Invariant($"{field.Source} says {field.Value} {field.Unit}: {why}"),
        };
    }
}
