using System.Text.Json.Nodes;
using Flip.Edge.KillLoop.Checks;
using Flip.Edge.Simulator.Cloud;

namespace Flip.Edge.Simulator.Tests.KillLoop;

/// <summary>The kill loop's checks find what they are there for.</summary>
public class ChecksTests
{
    private static readonly CommissioningSeen Done = Seen("commissioned", attempts: 2);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_daemon_that_claims_too_much_loses_its_trigger_or_changes_its_body_is_caught()
    {
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new(), Cancelled);
        Invariants invariants = new(cloud.Ledger);
        invariants.Look(Seen("waiting", requested: false, digest: null));
        Assert.Empty(invariants.Broken);

        invariants.Accepted();
        invariants.Look(Seen("waiting", requested: false, digest: null));
        invariants.Look(Seen("commissioned"));
        invariants.Look(Seen("queued", digest: "b"));

        Assert.Collection(
            invariants.Broken,
            lost => Assert.StartsWith("the trigger is lost", lost, StringComparison.Ordinal),
            claimed => Assert.Contains("the cloud has no site", claimed, StringComparison.Ordinal),
            back => Assert.StartsWith("it was commissioned, and now is queued", back, StringComparison.Ordinal),
            bodies => Assert.Contains("two different bodies", bodies, StringComparison.Ordinal));
    }

    [Fact]
    public void Accounts_that_agree_have_no_difference() =>
        Assert.Empty(LedgerCheck.Differences(Ledger("a"), "site", Done, [Settled("k"), Settled("l") with { RequestSha256 = "b", Attempts = 0, SettledAs = "recovery" }]));

    [Fact]
    public void Two_sites_are_found() => Finds("2 sites", Ledger("a", sites: 2), Done, null);

    [Fact]
    public void No_site_is_found() => Finds("0 sites", Ledger("a", sites: 0), Done, null);

    [Fact]
    public void Two_bodies_are_found() => Finds("2 different bodies", Ledger("a", second: "b"), Done, null);

    [Fact]
    public void A_body_that_the_daemon_does_not_know_is_found() => Finds("the cloud has the body b", Ledger("b"), Done, null);

    [Fact]
    public void More_requests_than_tries_are_found() => Finds("2 requests came, and the daemon knows of 1", Ledger("a"), Seen("commissioned", attempts: 1), null);

    [Fact]
    public void A_finding_against_the_contract_is_found()
    {
        MockLedger ledger = Ledger("a");
        ledger.Add([new MockFinding(1, "site.id", "is empty")]);
        Finds("site.id is empty", ledger, Done, null);
    }

    [Fact]
    public void A_second_request_that_was_commissioned_is_found() =>
        Finds("2 requests are settled as commissioned", Ledger("a"), Done, [Settled("k"), Settled("l")]);

    [Fact]
    public void Another_body_that_was_sent_is_found_in_the_history() =>
        Finds("request l was sent with the body b", Ledger("a"), Done, [Settled("k"), Settled("l") with { RequestSha256 = "b", SettledAs = "recovery" }]);

    [Fact]
    public void A_history_that_is_not_settled_is_found() => Finds("is not settled", Ledger("a"), Done, [Settled("k") with { SettledAt = null }]);

    [Fact]
    public void A_history_of_another_site_is_found() => Finds("the history has the site other", Ledger("a"), Done, [Settled("k") with { SiteId = "other" }]);

    [Fact]
    public void Homeowner_data_and_a_database_put_aside_are_found_on_the_disk()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fest-");
        File.WriteAllText(Path.Combine(folder.FullName, "flip-edge.db"), "nothing");
        Assert.Empty(DiskCheck.Findings(folder.FullName, ["Wilhelmina"]));

        File.WriteAllBytes(Path.Combine(folder.FullName, "flip-edge.db-wal"), [0, 1, .. "Wilhelmina"u8, 2]);
        File.WriteAllText(Path.Combine(folder.FullName, "flip-edge.db.damaged-1"), "x");
        Assert.Equal(2, DiskCheck.Findings(folder.FullName, ["Wilhelmina"]).Count());
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_status_is_read_as_the_daemon_writes_it()
    {
        var seen = CommissioningSeen.Of(JsonNode.Parse(
            """{"commissioning":{"state":"attention","reason_code":"conflict","reason":"why","requested":true,"attempts":3,"request_sha256":"a"}}""")!);
        Assert.Equal(new CommissioningSeen("attention", "conflict", "why", true, 3, "a"), seen);
        Assert.True(seen.IsStranded);
    }

    private static CommissioningSeen Seen(string state, bool requested = true, int attempts = 2, string? digest = "a") =>
        new(state, null, null, requested, attempts, digest);

    private static HistoryLine Settled(string key) => new(key, "a", "site", 2, "2026-11-23T00:00:00Z", "commissioned");

    private static void Finds(string sentence, MockLedger ledger, CommissioningSeen seen, IReadOnlyList<HistoryLine>? history) =>
        Assert.Contains(LedgerCheck.Differences(ledger, "site", seen, history), found => found.Contains(sentence, StringComparison.Ordinal));

    private static MockLedger Ledger(string digest, int sites = 1, string? second = null)
    {
        MockLedger ledger = new();
        for (int n = 0; n < sites; n++)
            Assert.True(ledger.TryCommit(new(n == 0 ? "site" : $"site{n}", "{}", [$$"""{"id":"device{{n}}"}"""], null, TimeProvider.System.GetUtcNow(), digest)));
        foreach (string body in (string[])[digest, second ?? digest])
            ledger.Add(new MockRequest(ledger.Receive(), TimeProvider.System.GetUtcNow(), 200, body, null, Committed: false));
        return ledger;
    }
}
