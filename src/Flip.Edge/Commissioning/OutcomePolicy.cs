using Flip.Edge.Cloud;

namespace Flip.Edge.Commissioning;

/// <summary>What to do after a try.</summary>
/// <param name="State">The state to go to.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="TriesAgain">Whether the same bytes are tried again.</param>
/// <param name="RetryAfter">Least wait before that, where Flip named one.</param>
internal sealed record Verdict(CommissioningState State, StateReason Reason, bool TriesAgain, TimeSpan? RetryAfter);

/// <summary>
/// Maps each outcome but success to what happens next. Only a refusal that the same bytes will meet again waits for a person;
/// everything else is retried for ever.
/// </summary>
internal static class OutcomePolicy
{
    /// <param name="outcome">Any outcome but <see cref="CommissionOutcome.Commissioned"/>.</param>
    /// <param name="mayHaveArrivedBefore">Whether an earlier try of the same request has an unknown outcome.</param>
    public static Verdict Decide(CommissionOutcome outcome, bool mayHaveArrivedBefore) => outcome switch
    {
        CommissionOutcome.Invalid invalid => Person(outcome,
            $"Flip refused the data ({invalid.Detail}). Correct Site or Devices in the configuration and restart the service; then start the commissioning again"),
        CommissionOutcome.Conflict conflict => Person(outcome, mayHaveArrivedBefore
            ? $"Flip already has this site or device ({conflict.Detail}), most likely from an earlier try whose answer was lost. Nothing more is sent; ask Flip whether the site is commissioned with these devices"
            : $"Flip already has a site or a device with this id ({conflict.Detail}). Check Site:Id and Devices:…:Id against your records; correct them in the configuration and restart the service, or ask Flip"),
        CommissionOutcome.Unauthorized unauthorized => new(
            CommissioningState.Attention, new("unauthorized", $"{outcome.Sentence} {unauthorized.Detail.TrimEnd('.')}. It is tried again by itself"), true, null),
        CommissionOutcome.Throttled throttled => Again(outcome, throttled.Detail, throttled.RetryAfter),
        CommissionOutcome.Transient transient => Again(outcome, transient.Detail, transient.RetryAfter),
        CommissionOutcome.NotFlip other => Again(outcome, other.Detail, null),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Name, "no verdict for this outcome"),
    };

    /// <summary>The text kept with a try.</summary>
    public static string Detail(CommissionOutcome outcome) => outcome switch
    {
        CommissionOutcome.Invalid invalid => invalid.Detail,
        CommissionOutcome.Conflict conflict => conflict.Detail,
        CommissionOutcome.Unauthorized unauthorized => unauthorized.Detail,
        CommissionOutcome.Throttled throttled => throttled.Detail,
        CommissionOutcome.Transient transient => transient.Detail,
        CommissionOutcome.NotFlip other => other.Detail,
        _ => outcome.Sentence,
    };

    private static Verdict Person(CommissionOutcome outcome, string sentence) =>
        new(CommissioningState.Attention, new(outcome.Name, sentence), false, null);

    private static Verdict Again(CommissionOutcome outcome, string detail, TimeSpan? retryAfter) =>
        new(CommissioningState.Queued, new(outcome.Name, $"{outcome.Sentence} {detail}"), true, retryAfter);
}
