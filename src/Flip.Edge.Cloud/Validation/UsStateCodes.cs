using System.Collections.Frozen;

namespace Flip.Edge.Cloud;

/// <summary>
/// The allowed values of <c>site.state_code</c>, exactly as on the page (docs.flip.energy/api-6038136): fifty states and PR. DC is not
/// among them, although the text says "state or territory".
/// </summary>
public static class UsStateCodes
{
    /// <summary>All 51, in the page's order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "IA", "ID", "IL", "IN", "KS", "KY",
        "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY",
        "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY",
    ];

    private static readonly FrozenSet<string> Codes = All.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the code is on the list; upper case only, as the page writes them.</summary>
    /// <param name="code">Two letters.</param>
    /// <returns>True when it is.</returns>
    public static bool Contains(string code) => Codes.Contains(code);
}
