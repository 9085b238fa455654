namespace Flip.Edge.Devices.Profiles.Telling;

/// <summary>Standing and confidence in words.</summary>
public static class StandingText
{
    /// <summary>A word or two.</summary>
    public static string Of(FieldStanding standing) => standing switch
    {
        FieldStanding.Read => "rated",
        FieldStanding.Setting => "a setting",
        FieldStanding.SunSpec => "as SunSpec tells it",
        FieldStanding.Supplied => "supplied by the profile",
        FieldStanding.Unsure => "to be confirmed",
        FieldStanding.Estimated => "an estimate, to be confirmed",
        _ => "to be typed",
    };

    /// <summary>A word or two.</summary>
    public static string Of(Confidence confidence) => confidence switch
    {
        Confidence.TwoSources => "two sources",
        Confidence.OneSource => "one source",
        _ => "unsure",
    };
}
