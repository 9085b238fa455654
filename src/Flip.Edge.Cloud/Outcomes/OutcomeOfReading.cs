namespace Flip.Edge.Cloud;

internal static class OutcomeOfReading
{
    /// <summary>The outcome of a request that asks and creates nothing: whatever went wrong, no site came of it.</summary>
    public static CommissionOutcome CreatedNothing(this CommissionOutcome outcome) => outcome switch
    {
        CommissionOutcome.Transient transient => new CommissionOutcome.Transient(transient.Cause, transient.Detail, transient.RetryAfter, MayHaveArrived: false),
        CommissionOutcome.NotFlip other => new CommissionOutcome.NotFlip(other.Detail, MayHaveArrived: false),
        _ => outcome,
    };
}
