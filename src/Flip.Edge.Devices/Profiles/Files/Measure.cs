namespace Flip.Edge.Devices.Profiles.Files;

/// <summary>
/// What a value is measured in, as powers of watt, hour, ampere, volt and volt-ampere: so that a sum of unlike things, or ampere-hours in
/// a field of watt-hours, is found in the file and not in a home.
/// </summary>
internal readonly record struct Measure(bool IsAny, int W, int H, int A, int V, int VA)
{
    /// <summary>A number without a unit, which may stand for anything: a constant, a table, digits in a name.</summary>
    public static readonly Measure Any = new(true, 0, 0, 0, 0, 0);

    public static Measure Of(string? unit) => unit switch
    {
        "Wh" => new(false, 1, 1, 0, 0, 0),
        "W" => new(false, 1, 0, 0, 0, 0),
        "VA" => new(false, 0, 0, 0, 0, 1),
        "A" => new(false, 0, 0, 1, 0, 0),
        "Ah" => new(false, 0, 1, 1, 0, 0),
        "V" => new(false, 0, 0, 0, 1, 0),
        _ => default,
    };

    /// <summary>Whether amperes, ampere-hours or volts are in it: what is made of them is an estimate.</summary>
    public bool IsElectrical => A != 0 || V != 0;

    public bool Fits(Measure other) => IsAny || other.IsAny || Plain == other.Plain;

    public Measure Times(Measure other) => IsAny || other.IsAny ? Any : new(false, W + other.W, H + other.H, A + other.A, V + other.V, VA + other.VA);

    public Measure Over(Measure other) => IsAny || other.IsAny ? Any : new(false, W - other.W, H - other.H, A - other.A, V - other.V, VA - other.VA);

    // Amperes times volts are watts.
    private Measure Plain => A == V ? this with { W = W + A, A = 0, V = 0 } : this;

    public override string ToString()
    {
        if (IsAny) return "any unit";
        Measure plain = Plain;
        foreach (string unit in Vocabulary.Units)
        {
            if (unit != "%" && Of(unit).Plain == plain) return unit;
        }

        return plain == default ? "no unit" : "no unit that there is";
    }
}
