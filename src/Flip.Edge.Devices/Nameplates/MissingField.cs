namespace Flip.Edge.Devices.Nameplates;

/// <summary>A field that Flip requires and the device did not give.</summary>
/// <param name="Override">The name of the override that fills it, for example <c>CapacityWh</c>.</param>
/// <param name="Why">What the device said instead.</param>
public sealed record MissingField(string Override, string Why)
{
    /// <summary>The required fields that are not present.</summary>
    public static IReadOnlyList<MissingField> Of(Nameplate nameplate)
    {
        List<MissingField> missing = [];
        Check(nameplate.Manufacturer, nameof(NameplateOverrides.Manufacturer));
        Check(nameplate.Model, nameof(NameplateOverrides.Model));
        Check(nameplate.SerialNumber, nameof(NameplateOverrides.SerialNumber));
        Check(nameplate.CapacityWh, nameof(NameplateOverrides.CapacityWh));
        Check(nameplate.MaxChargeW, nameof(NameplateOverrides.MaxChargeW));
        Check(nameplate.MaxDischargeW, nameof(NameplateOverrides.MaxDischargeW));
        return missing;

        void Check<T>(NameplateField<T> field, string name)
            where T : notnull
        {
            if (!field.IsPresent) missing.Add(new(name, field.ToString()));
        }
    }
}
