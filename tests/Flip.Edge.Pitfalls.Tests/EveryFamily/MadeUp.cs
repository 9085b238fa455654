using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Pitfalls.EveryFamily;

/// <summary>Finds in a nameplate what its device never said.</summary>
internal static class MadeUp
{
    /// <summary>Each field with a value that none of the true nameplates has and about which no person is asked; or without a value and without a reason.</summary>
    public static IEnumerable<(string Field, string Sentence)> In(Nameplate read, params Nameplate[] truths)
    {
        return
        [
            .. Field(nameof(NameplateOverrides.Manufacturer), nameplate => nameplate.Manufacturer),
            .. Field(nameof(NameplateOverrides.Model), nameplate => nameplate.Model),
            .. Field(nameof(NameplateOverrides.SerialNumber), nameplate => nameplate.SerialNumber),
            .. Field(nameof(Nameplate.Firmware), nameplate => nameplate.Firmware),
            .. Field(nameof(NameplateOverrides.CapacityWh), nameplate => nameplate.CapacityWh),
            .. Field(nameof(NameplateOverrides.MaxChargeW), nameplate => nameplate.MaxChargeW),
            .. Field(nameof(NameplateOverrides.MaxDischargeW), nameplate => nameplate.MaxDischargeW),
        ];

        IEnumerable<(string Field, string Sentence)> Field<T>(string name, Func<Nameplate, NameplateField<T>> of)
            where T : notnull
        {
            NameplateField<T> field = of(read);
            if (!field.IsPresent)
            {
                if (string.IsNullOrWhiteSpace(field.Reason)) yield return (name, $"is {field.State} without a reason");
                yield break;
            }

            if (truths.Any(truth => of(truth).IsPresent && of(truth).Value!.Equals(field.Value))) yield break;
            if (read.Warnings.Any(warning => warning.NeedsPerson && warning.Override == name)) yield break;
            yield return (name, $"is {field}, and the device says {string.Join(" or ", truths.Select(of))}");
        }
    }
}
