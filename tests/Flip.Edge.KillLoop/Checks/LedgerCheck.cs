using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.KillLoop.Checks;

/// <summary>The cloud's ledger against the daemon's own account.</summary>
internal static class LedgerCheck
{
    /// <summary>What differs.</summary>
    /// <param name="ledger">The cloud's.</param>
    /// <param name="siteId">The site of the configuration.</param>
    /// <param name="seen">The daemon's status at the end.</param>
    /// <param name="history">The daemon's frozen requests; null where it does not tell.</param>
    public static IEnumerable<string> Differences(MockLedger ledger, string siteId, CommissioningSeen seen, IReadOnlyList<HistoryLine>? history)
    {
        if (ledger.Sites.Count != 1) yield return $"{ledger.Sites.Count} sites in the cloud: {string.Join(", ", ledger.Sites.Select(site => site.Id))}";
        string?[] digests = [.. ledger.Requests.Select(request => request.Sha256).Where(digest => digest is not null).Distinct()];
        if (digests.Length > 1) yield return $"{digests.Length} different bodies came: {string.Join(", ", digests)}";
        foreach (MockFinding finding in ledger.Findings) yield return $"request {finding.Request} breaks the contract: {finding.Path} {finding.Message}";
        foreach (MockSite site in ledger.Sites)
        {
            if (site.Id != siteId) yield return $"the cloud's site is {site.Id}, not {siteId}";
            if (site.BodySha256 != seen.RequestSha256) yield return $"the cloud has the body {site.BodySha256}, the daemon {seen.RequestSha256 ?? "none"}";
        }

        int attempts = history?.Sum(line => line.Attempts) ?? seen.Attempts;
        if (ledger.CommissionRequests > attempts) yield return $"{ledger.CommissionRequests} requests came, and the daemon knows of {attempts}";
        foreach (string difference in history is null ? [] : InHistory(history, siteId, seen)) yield return difference;
    }

    // A kill between the mirror's rename and the commit of the same transaction leaves a request of which only the mirror knows. It was never
    // sent, and another takes its place: that is no second body at Flip.
    private static IEnumerable<string> InHistory(IReadOnlyList<HistoryLine> history, string siteId, CommissioningSeen seen)
    {
        int done = history.Count(line => line.SettledAs == "commissioned");
        if (done != 1) yield return $"{done} requests are settled as commissioned, and there was one trigger";
        foreach (HistoryLine line in history)
        {
            if (line.SettledAt is null) yield return $"request {line.Key} is not settled in the history";
            if (line.SiteId != siteId) yield return $"the history has the site {line.SiteId}, not {siteId}";
            if (line.RequestSha256 == seen.RequestSha256) continue;
            if (line.Attempts > 0 || line.SettledAs == "commissioned")
                yield return $"request {line.Key} was sent with the body {line.RequestSha256}, and the status has {seen.RequestSha256 ?? "none"}";
        }
    }
}
