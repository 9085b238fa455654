namespace Flip.Edge.Devices.Nameplates;

/// <summary>What the installer typed, for what the device can't tell or tells wrongly. A typed value stands, and hides nothing.</summary>
public sealed record NameplateOverrides
{
    /// <summary>Maker.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>Model name.</summary>
    public string? Model { get; init; }

    /// <summary>Serial number.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>Energy, Wh.</summary>
    public decimal? CapacityWh { get; init; }

    /// <summary>Charge power, W.</summary>
    public decimal? MaxChargeW { get; init; }

    /// <summary>Discharge power, W.</summary>
    public decimal? MaxDischargeW { get; init; }

    /// <summary>
    /// The nameplate with the typed values in place, a warning for each that differs from what was read, and one for powers that don't
    /// fit the energy. Apply it also when nothing was typed.
    /// </summary>
    public Nameplate ApplyTo(Nameplate read)
    {
        // A typed value is a person's decision: the conflict stays on record, and no longer holds anything up.
        List<NameplateWarning> warnings =
            [.. read.Warnings.Select(warning => IsTyped(warning.Override) ? warning with { NeedsPerson = false } : warning)];
        Nameplate chosen = read with
        {
            Manufacturer = Choose("manufacturer", Manufacturer, null, read.Manufacturer, warnings),
            Model = Choose("model", Model, null, read.Model, warnings),
            SerialNumber = Choose("serial number", SerialNumber, null, read.SerialNumber, warnings),
            CapacityWh = Choose("capacity", CapacityWh, "Wh", read.CapacityWh, warnings),
            MaxChargeW = Choose("charge power", MaxChargeW, "W", read.MaxChargeW, warnings),
            MaxDischargeW = Choose("discharge power", MaxDischargeW, "W", read.MaxDischargeW, warnings),
        };
        warnings.AddRange(Plausibility.CompareEnergyWithPower(chosen));
        return chosen with { Warnings = warnings };
    }

    /// <summary>Whether a person has decided what a warning asks for.</summary>
    public bool HasSettled(NameplateWarning warning) => IsTyped(warning.Override);

    private bool IsTyped(string? name) => name switch
    {
        nameof(Manufacturer) => Manufacturer is not null,
        nameof(Model) => Model is not null,
        nameof(SerialNumber) => SerialNumber is not null,
        nameof(CapacityWh) => CapacityWh is not null,
        nameof(MaxChargeW) => MaxChargeW is not null,
        nameof(MaxDischargeW) => MaxDischargeW is not null,
        _ => false,
    };

    private static NameplateField<string> Choose(
        string name, string? typed, string? unit, NameplateField<string> read, List<NameplateWarning> warnings) =>
        typed is null ? read : Compare(name, NameplateField.Typed(typed, unit), read, warnings);

    private static NameplateField<decimal> Choose(
        string name, decimal? typed, string unit, NameplateField<decimal> read, List<NameplateWarning> warnings) =>
        typed is null ? read : Compare(name, NameplateField.Typed(typed.Value, unit), read, warnings);

    private static NameplateField<T> Compare<T>(
        string name, NameplateField<T> typed, NameplateField<T> read, List<NameplateWarning> warnings)
        where T : notnull
    {
        if (read.IsPresent && !typed.Agrees(read))
        {
            string says = read.Kind == FieldKind.Estimated ? "it was estimated as" : "the device says";
            warnings.Add(new("override_differs", $"the {name} was typed as {typed.Shown}, but {says} {read}; the typed value is used", false));
        }

        return typed;
    }
}
