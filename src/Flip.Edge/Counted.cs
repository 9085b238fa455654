using System.Globalization;

namespace Flip.Edge;

/// <summary>A number with what it counts.</summary>
internal static class Counted
{
    /// <summary><c>1 device</c>, <c>2 devices</c>.</summary>
    /// <param name="count">0 or more.</param>
    /// <param name="one">What one of them is called.</param>
    /// <param name="many">What several are called, where that is not <paramref name="one"/> with an "s".</param>
    public static string Of(long count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");
}
