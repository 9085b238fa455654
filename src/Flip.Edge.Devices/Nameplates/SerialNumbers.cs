namespace Flip.Edge.Devices.Nameplates;

/// <summary>What is no serial number although it is a text.</summary>
public static class SerialNumbers
{
    /// <summary>
    /// The field, or the same marked invalid where it is one character again and again, as in a memory that nobody filled. A wrong serial
    /// number at Flip is worse than a missing one here.
    /// </summary>
    public static NameplateField<string> Check(NameplateField<string> read) =>
        read.IsPresent && read.Value!.AsSpan().IndexOfAnyExcept(read.Value![0]) < 0
            ? NameplateField.Invalid<string>(null, read.Source, $"{read.Source} says \"{read.Value}\", a placeholder", read.Raw)
            : read;
}
