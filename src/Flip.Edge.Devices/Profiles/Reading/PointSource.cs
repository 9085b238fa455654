namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>Names registers as evidence.</summary>
internal static class PointSource
{
    /// <summary>For example <c>holding 57666 (0xE142)</c>, <c>input 5638 (0x1606) on unit 225</c>.</summary>
    /// <param name="function">3 holding, 4 input.</param>
    /// <param name="address">0-based, as asked for.</param>
    /// <param name="unit">The unit id when it is not the device's own; else null.</param>
    public static string Of(int function, int address, byte? unit) => FormattableString.Invariant(
        $"{(function == 4 ? "input" : "holding")} {address} (0x{address:X4}){(unit is { } other ? $" on unit {other}" : "")}");
}
