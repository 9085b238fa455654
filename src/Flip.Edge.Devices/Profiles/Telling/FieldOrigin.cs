using Flip.Edge.Devices.Nameplates;

namespace Flip.Edge.Devices.Profiles.Telling;

/// <summary>What a person has to do for a field.</summary>
public enum FieldStanding
{
    /// <summary>A rating is read.</summary>
    Read,

    /// <summary>A setting is read: somebody's choice.</summary>
    Setting,

    /// <summary>SunSpec tells it where the device fills it.</summary>
    SunSpec,

    /// <summary>The profile supplies it.</summary>
    Supplied,

    /// <summary>It rests on a fact that nobody is sure of: a person confirms it.</summary>
    Unsure,

    /// <summary>It is worked out: a person confirms it.</summary>
    Estimated,

    /// <summary>Nothing tells it: a person types it.</summary>
    Typed,
}

/// <summary>One way in which a profile comes by a field, in words.</summary>
/// <param name="Text">Where it comes from, or why it doesn't.</param>
/// <param name="Standing">What that is worth.</param>
/// <param name="Confidence">The least of all facts in it; null where nothing is read.</param>
/// <param name="Sources">Names in <see cref="DeviceProfile.Sources"/>.</param>
/// <param name="Notes">What to know of it.</param>
public sealed record FieldOrigin(
    string Text, FieldStanding Standing, Confidence? Confidence, IReadOnlyList<string> Sources, IReadOnlyList<string> Notes)
{
    /// <summary>The ways of a field, the preferred first; none when the profile says nothing of it.</summary>
    public static IReadOnlyList<FieldOrigin> Of(DeviceProfile profile, ProfileField field) =>
        [.. profile.Nameplate.GetValueOrDefault(field, []).Select(value => Of(profile, field, value))];

    private static FieldOrigin Of(DeviceProfile profile, ProfileField field, ProfileValue value)
    {
        ProfileEvidence[] evidence = [.. EvidenceOf(profile, value)];
        Confidence? confidence = evidence.Length == 0 ? null : evidence.Min(one => one.Confidence);
        string text = ValueText.Of(profile, field, value);
        if (value.When is { } when) text += $", where {CheckText.Of(profile, when)}";
        string?[] notes = [value.Note, .. Points(profile, value).Select(point => point.Note)];
        return new(text, StandingOf(profile, value, confidence), confidence, [.. evidence.SelectMany(one => one.Sources).Distinct()], [.. notes.OfType<string>().Distinct()]);
    }

    private static FieldStanding StandingOf(DeviceProfile profile, ProfileValue value, Confidence? confidence) => value switch
    {
        ProfileValue.Missing => FieldStanding.Typed,
        ProfileValue.OfSunSpec => FieldStanding.SunSpec,
        { Kind: FieldKind.Estimated } => FieldStanding.Estimated,
        _ when confidence == Profiles.Confidence.Unsure => FieldStanding.Unsure,
        ProfileValue.Constant => FieldStanding.Supplied,
        { Kind: FieldKind.Configured } => FieldStanding.Setting,
        { Kind: null } when Points(profile, value).Any(point => point.Kind == FieldKind.Configured) => FieldStanding.Setting,
        _ => FieldStanding.Read,
    };

    private static IEnumerable<ProfileEvidence> EvidenceOf(DeviceProfile profile, ProfileValue value) =>
    [
        .. Points(profile, value).Select(point => point.Evidence),
        .. Leaves(value).OfType<ProfileValue.Constant>().Select(constant => constant.Evidence),
        .. Leaves(value).OfType<ProfileValue.OfBatteries>().Select(_ => profile.Batteries?.Evidence ?? profile.SunSpec.Directory?.Evidence).OfType<ProfileEvidence>(),
    ];

    private static IEnumerable<ProfilePoint> Points(DeviceProfile profile, ProfileValue value) => Leaves(value)
        .Select(leaf => leaf switch
        {
            ProfileValue.OfPoint of => profile.Points.GetValueOrDefault(of.Point),
            ProfileValue.FromTable of => profile.Points.GetValueOrDefault(of.Point),
            ProfileValue.DigitsOf of => profile.Points.GetValueOrDefault(of.Point),
            ProfileValue.OfBatteries of => profile.Batteries?.Points.GetValueOrDefault(of.Field),
            _ => null,
        })
        .OfType<ProfilePoint>();

    private static IEnumerable<ProfileValue> Leaves(ProfileValue value) => value switch
    {
        ProfileValue.Sum of => of.Parts.SelectMany(Leaves),
        ProfileValue.Product of => of.Parts.SelectMany(Leaves),
        ProfileValue.Quotient of => [.. Leaves(of.Of), .. Leaves(of.By)],
        _ => [value],
    };
}
