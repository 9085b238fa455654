using System.Globalization;
using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>Asks a person to confirm what was worked out of amperes or rests on a register of which nobody is certain.</summary>
internal static class Doubt
{
    /// <summary>Warnings for a text.</summary>
    public static IEnumerable<NameplateWarning> OfText(string overrideName, string name, ChosenField<string> chosen)
    {
        if (chosen.Field.IsPresent && chosen.Reading.IsUnsure) yield return Unsure(overrideName, name, $"the {name} {chosen.Field}", chosen.Field.Source);
    }

    /// <summary>Warnings for a number.</summary>
    /// <param name="overrideName">By which a person settles it.</param>
    /// <param name="name">The quantity.</param>
    /// <param name="field">The number that would be sent.</param>
    /// <param name="from">What it was made from: the smaller of an estimate and a rating rests on the estimate, whichever is smaller.</param>
    public static IEnumerable<NameplateWarning> OfNumber(
        string overrideName, string name, NameplateField<decimal> field, params ReadOnlySpan<ChosenField<decimal>> from)
    {
        if (!field.IsPresent) return [];
        List<NameplateWarning> warnings = [];
        foreach (ChosenField<decimal> part in from)
        {
            if (!part.Field.IsPresent) continue;
            string number = string.Create(CultureInfo.InvariantCulture, $"{PointDecoder.Plain(part.Field.Value)} {field.Unit}");
            string working = part.Reading.Working is { } worked ? $"{worked} = {number}" : number;
            if (part.Field.Kind == FieldKind.Estimated)
            {
                warnings.Add(new("estimate",
                    $"the {name} rests on an estimate: {working}, from {part.Field.Source}; compare it with the label and type Overrides:{overrideName}", true, overrideName));
            }
            else if (part.Reading.IsUnsure)
            {
                warnings.Add(Unsure(overrideName, name, working, part.Field.Source));
            }
        }

        return warnings;
    }

    private static NameplateWarning Unsure(string overrideName, string name, string found, string source) => new("unsure",
        $"nobody is certain that {source} tells the {name}: {found}; compare it with the label and type Overrides:{overrideName}", true, overrideName);
}
