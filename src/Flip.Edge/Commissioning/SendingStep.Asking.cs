using Flip.Edge.Cloud;
using Flip.Edge.Storage;

namespace Flip.Edge.Commissioning;

/// <content>The question before a try, where Flip may have the site already, and what follows from its answer.</content>
internal sealed partial class SendingStep
{
    /// <summary>Asks Flip for the site.</summary>
    /// <returns>True when the request has to be sent: Flip has no such site, or can't be asked.</returns>
    private async Task<bool> AskAsync(OutboxEntry entry, CancellationToken stopping)
    {
        store.Move(CommissioningState.Sending, StateReason.Reconciling);
        LogAsking(entry.SiteId);
        Reconciled found = await WithGraceAsync(token => reconciling.RunAsync(entry, token), stopping);
        if (found is not Reconciled.Failed) _questionsInVain = 0;
        switch (found)
        {
            case Reconciled.Commissioned done:
                counts.Add("reconciled");
                await CommissionedAsync(entry, done.State, done.Sentence, stopping);
                return false;
            case Reconciled.NeedsPerson person:
                await StopAsync(entry, person.Reason, stopping);
                return false;
            case Reconciled.Absent when entry.RecoveredAs == "commissioned":
                await StopAsync(entry, OutcomePolicy.Lost(entry), stopping);
                return false;
            case Reconciled.Absent when entry.Conflicts >= MostConflicts:
                await StopAsync(entry, OutcomePolicy.Contradiction(entry), stopping);
                return false;
            case Reconciled.Failed { Why: CommissionOutcome.NotFlip } when entry.Body is not null && ++_questionsInVain > MostQuestionsInVain && entry.Conflicts < MostConflicts:
                LogNotAskable(entry.SiteId);
                return true;
            case Reconciled.Failed failed:
                await LaterAsync(entry, failed.Why, stopping);
                return false;
            default:
                return true;
        }
    }

    private async Task LaterAsync(OutboxEntry entry, CommissionOutcome why, CancellationToken stopping)
    {
        Verdict verdict = OutcomePolicy.DecideOnQuestion(why, entry);
        NextTry next = _wait.Schedule(verdict, atOnce: false);
        await disk.WriteAsync(() => store.EndInquiry(entry.Key, next, verdict.State, verdict.Reason), stopping);
        if (verdict.TriesAgain) LogQuestion(entry.SiteId, why.Name, _wait.Length.TotalSeconds, verdict.Reason.Sentence);
        else LogStopped(entry.SiteId, verdict.Reason.Sentence);
    }

    private async Task StopAsync(OutboxEntry entry, StateReason reason, CancellationToken stopping)
    {
        await disk.WriteAsync(() => store.EndInquiry(entry.Key, NextTry.None, CommissioningState.Attention, reason), stopping);
        LogStopped(entry.SiteId, reason.Sentence);
    }
}
