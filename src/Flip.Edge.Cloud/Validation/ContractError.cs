namespace Flip.Edge.Cloud;

/// <summary>
/// One thing in a request that the page would refuse. Safe to log: homeowner data is described in <see cref="Found"/>, not quoted.
/// </summary>
/// <param name="Field">Where, as a path: <c>site.state_code</c>, <c>devices[0].serial_number</c>.</param>
/// <param name="Found">What is there.</param>
/// <param name="Expected">What the page wants.</param>
/// <param name="Remedy">What to do about it, as a sentence without its full stop.</param>
public sealed record ContractError(string Field, string Found, string Expected, string Remedy)
{
    /// <summary>The error in one line.</summary>
    public override string ToString() => $"{Field}: found {Found}, expected {Expected}; {Remedy}";
}
