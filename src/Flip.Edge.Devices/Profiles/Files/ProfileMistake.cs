namespace Flip.Edge.Devices.Profiles;

/// <summary>One thing that is wrong with a profile's file.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Key">Where in the file, as in <c>points.capacity.type</c> or <c>anchor[0].point</c>; empty for the file as a whole.</param>
/// <param name="Message">What was found, what has to be there, what to do.</param>
public sealed record ProfileMistake(int Line, string Key, string Message)
{
    /// <summary><c>12: points.capacity.type: is "u17", …</c></summary>
    public override string ToString() =>
        Key.Length == 0 ? FormattableString.Invariant($"{Line}: {Message}") : FormattableString.Invariant($"{Line}: {Key}: {Message}");
}
