using System.Globalization;
using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>A field of the nameplate, and what its number rests on.</summary>
/// <param name="Field">The field.</param>
/// <param name="Reading">The value that decided; its working and doubt are for the warnings.</param>
/// <param name="IsTold">False when the profile says nothing of this field.</param>
internal sealed record ChosenField<T>(NameplateField<T> Field, ValueReading Reading, bool IsTold = true)
    where T : notnull;

/// <summary>Chooses among the candidates of a field: the first that is not absent decides, and an estimate only where nothing else is.</summary>
internal static class ChosenField
{
    /// <summary>Two present ratings that differ by more than this can't both be true.</summary>
    private const decimal Tolerance = 0.10m;

    public static ChosenField<string> Text(string name, string profile, IReadOnlyList<ValueReading> candidates)
    {
        ValueReading chosen = First(name, profile, candidates);
        string? text = chosen.Text ?? (chosen.Number is { } number ? PointDecoder.Plain(number) : null);
        return new(new(chosen.State, text, null, chosen.IsPresent ? chosen.Kind : null, chosen.Source, chosen.Raw, chosen.Reason), chosen, candidates.Count > 0);
    }

    public static ChosenField<decimal> Number(
        string name, string profile, string unit, string overrideName, IReadOnlyList<ValueReading> candidates, List<NameplateWarning> warnings, bool matters = true)
    {
        ValueReading[] ordered = [.. candidates.Select(Numeric).OrderBy(candidate => candidate is { IsPresent: true, Kind: FieldKind.Estimated } ? 1 : 0)];
        ValueReading chosen = First(name, profile, ordered);
        if (!matters && !chosen.IsPresent) chosen = ordered.FirstOrDefault(candidate => candidate.IsPresent) ?? chosen;
        NameplateField<decimal> field = new(
            chosen.State, PointDecoder.Trimmed(chosen.Number ?? 0), unit, chosen.IsPresent ? chosen.Kind : null, chosen.Source, chosen.Raw, chosen.Reason);
        field = unit == "Wh" ? Plausibility.CheckCapacity(field) : Plausibility.CheckPower(field);
        if (field.IsPresent)
        {
            foreach (ValueReading other in ordered.Where(other => other.IsPresent && other != chosen)) Compare(name, field, other, unit, overrideName, matters, warnings);
        }

        return new(field, chosen, candidates.Count > 0);
    }

    private static void Compare(
        string name, NameplateField<decimal> field, ValueReading other, string unit, string overrideName, bool matters, List<NameplateWarning> warnings)
    {
        if (Math.Abs(other.Number!.Value - field.Value) <= field.Value * Tolerance) return;
        string told = string.Create(CultureInfo.InvariantCulture, $"{PointDecoder.Plain(other.Number.Value)} {unit} ({other.Source})");
        warnings.Add(other.Kind switch
        {
            FieldKind.Estimated => new("estimate", $"the {name} is {field}; an estimate makes it {told}, and is not used", false),

            // Somebody's choice may well be below the rating.
            FieldKind.Configured when field.Kind == FieldKind.Rated => new("map", $"the {name} is {field}; a setting makes it {told}, which is no rating and is not used", false),
            _ => new("conflict", $"the device tells the {name} twice and differently: {field}, but {told}; look at the label and type Overrides:{overrideName}", matters, overrideName),
        });
    }

    private static ValueReading Numeric(ValueReading value) => !value.IsPresent || value.Number is not null
        ? value
        : ValueReading.Invalid(value.Source, $"{value.Source} says \"{value.Text}\", which is no number", value.Raw);

    // Where all are absent, the sentence of the profile comes last, after what the device said of what could have told it.
    private static ValueReading First(string name, string profile, IReadOnlyList<ValueReading> candidates)
    {
        if (candidates.Count == 0) return ValueReading.Absent($"profile {profile}", $"the profile does not say where the {name} is told", false);
        if (candidates.FirstOrDefault(candidate => candidate.State != FieldState.NotImplemented) is { } decides) return decides;
        string[] reasons = [.. candidates.Select(candidate => candidate.Reason!.TrimEnd('.')).Distinct()];
        string all = reasons[0];
        foreach (string next in reasons[1..]) all += char.IsUpper(next[0]) ? $". {next}" : $"; {next}";
        return candidates[0] with { Reason = all };
    }
}
