using Flip.Edge.Cloud;

namespace Flip.Edge.Commissioning;

/// <summary>What to do after a try.</summary>
/// <param name="State">The state to go to.</param>
/// <param name="Reason">Why, for a person.</param>
/// <param name="TriesAgain">Whether it goes on by itself.</param>
/// <param name="RetryAfter">Least wait before that, where Flip named one.</param>
/// <param name="IsCrowded">Whether Flip lives, and has too many to serve.</param>
internal sealed record Verdict(CommissioningState State, StateReason Reason, bool TriesAgain, TimeSpan? RetryAfter, bool IsCrowded = false);

/// <summary>
/// Maps each outcome but success to what happens next. Only a refusal that the same bytes will meet again waits for a person;
/// everything else is retried for ever.
/// </summary>
internal static class OutcomePolicy
{
    /// <param name="outcome">Any outcome but <see cref="CommissionOutcome.Commissioned"/>.</param>
    public static Verdict Decide(CommissionOutcome outcome) => outcome switch
    {
        CommissionOutcome.Invalid invalid => Person(outcome,
            $"Flip refused the data ({invalid.Detail}). Correct Site or Devices in the configuration and run flip-edge reload, or give the site's data with flip-edge site; it goes on by itself then"),
        CommissionOutcome.Conflict => new(CommissioningState.Sending, StateReason.Reconciling, true, null),
        CommissionOutcome.Unauthorized unauthorized => new(
            CommissioningState.Attention, new("unauthorized", $"{outcome.Sentence} {unauthorized.Detail.TrimEnd('.')}. {(unauthorized.CopyOf is null || unauthorized.IsIssuedByFlip ? "It" : "Until then the old one")} is tried again by itself"), true, null),
        CommissionOutcome.Throttled throttled => Again(outcome, throttled.Detail, throttled.RetryAfter) with { IsCrowded = true },
        CommissionOutcome.Transient { Cause: TransientCause.CertificateNotYetValid } behind => new(
            CommissioningState.Queued, new("clock", $"{outcome.Sentence} {behind.Detail}"), true, null),
        CommissionOutcome.Transient transient => Again(outcome, transient.Detail, transient.RetryAfter),
        CommissionOutcome.NotFlip other => Again(outcome, other.Detail, null),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Name, "no verdict for this outcome"),
    };

    /// <summary>What follows when Flip could not be asked whether it has the site.</summary>
    public static Verdict DecideOnQuestion(CommissionOutcome outcome, OutboxEntry entry)
    {
        if (outcome is CommissionOutcome.Invalid or CommissionOutcome.Conflict) return RefusesToSay(outcome, entry);
        Verdict verdict = Decide(outcome);

        // What fails here may be only what a relay or a proxy does with a GET, and the commission itself may go through.
        string sentence = $"{verdict.Reason.Sentence.TrimEnd('.')}. The question was whether Flip has the site {entry.SiteId} from an earlier try";
        return verdict with { Reason = verdict.Reason with { Sentence = sentence } };
    }

    private static Verdict RefusesToSay(CommissionOutcome outcome, OutboxEntry entry) =>
        new(CommissioningState.Attention, new("conflict", $"Flip may have the site {entry.SiteId} from an earlier try, and refuses to say ({Detail(outcome)}). Ask Flip; then run flip-edge reload"), false, null);

    /// <summary>There is nothing to show Flip, so no try is made.</summary>
    /// <param name="why">What was looked for, and what to do.</param>
    public static StateReason NoCredential(string why) =>
        new("unauthorized", $"{new CommissionOutcome.Unauthorized(null, why).Sentence} {why.TrimEnd('.')}. It goes on by itself then");

    /// <summary>A 409 that asking did not settle.</summary>
    /// <param name="conflict">What Flip said.</param>
    /// <param name="entry">The request.</param>
    /// <param name="flipHasNoSite">Whether Flip has just said that it has no such site, and may only be slow to show it; else it could not be asked.</param>
    public static Verdict ConflictAgain(CommissionOutcome.Conflict conflict, OutboxEntry entry, bool flipHasNoSite) => new(
        CommissioningState.Queued,
        new("conflict", $"Flip refuses the site {entry.SiteId} with a conflict ({conflict.Detail}), and {(flipHasNoSite ? "says that it has no such site. It is asked again" : "could not be asked whether it has it. It is asked again")}"),
        true, null);

    /// <summary>A 409, again and again, for a site that Flip says it has not.</summary>
    public static StateReason Contradiction(OutboxEntry entry) => new("conflict",
        $"Flip refuses the site {entry.SiteId} with a conflict ({entry.LastDetail}), and says that it has no such site. Most likely a device stands at "
        + $"another site already: {string.Join(", ", entry.Devices.Select(device => $"{device.Id} (serial number {device.SerialNumber})"))}. "
        + "Correct Devices:…:Id, or ask Flip; then run flip-edge reload");

    /// <summary>Flip no longer knows a site that was commissioned before the database was lost.</summary>
    public static StateReason Lost(OutboxEntry entry) => new("lost",
        $"this gateway's database was damaged; it had commissioned the site {entry.SiteId}, and Flip says that it has no such site. Ask Flip; "
        + "to commission it anew, run flip-edge reload");

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
