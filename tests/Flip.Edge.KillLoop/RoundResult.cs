using Flip.Edge.KillLoop.Plans;

namespace Flip.Edge.KillLoop;

/// <summary>What came of one seed.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="Counts">What befell it.</param>
/// <param name="Starts">How often the daemon was started.</param>
/// <param name="Requests">Commission requests that reached the cloud.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Failures">What went wrong; empty when nothing did.</param>
/// <param name="Folder">Where its files are left, of a failed one.</param>
internal sealed record RoundResult(
    RoundPlan Plan, FaultCounts Counts, int Starts, int Requests, TimeSpan Duration, IReadOnlyList<string> Failures, string? Folder)
{
    public bool IsGood => Failures.Count == 0;
}
