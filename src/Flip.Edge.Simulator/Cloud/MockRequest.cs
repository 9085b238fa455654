namespace Flip.Edge.Simulator.Cloud;

/// <summary>One request to <c>POST /v1/commission</c>, as the ledger keeps it.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Status">The status that was answered; null where the connection was dropped.</param>
/// <param name="Sha256">The digest of the body; null where it was not read.</param>
/// <param name="Fault">The fault that was applied, if any.</param>
/// <param name="Committed">Whether this request created the site.</param>
public sealed record MockRequest(int Number, DateTimeOffset ReceivedAt, int? Status, string? Sha256, MockFault? Fault, bool Committed)
{
    /// <summary>The body as it came; empty where it was not read.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}

/// <summary>A slip against the page's contract.</summary>
/// <param name="Request">The number of the commission request; 0 for a call to another endpoint.</param>
/// <param name="Path">Where, such as <c>devices[0].install_date</c>.</param>
/// <param name="Message">What is wrong.</param>
public sealed record MockFinding(int Request, string Path, string Message);

/// <summary>A commissioned site.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Site">The site as it was sent, JSON.</param>
/// <param name="Devices">The devices as they were sent, JSON.</param>
/// <param name="Enrollment">Its enrollment, JSON, if there is one.</param>
/// <param name="CommissionedAt">When.</param>
/// <param name="BodySha256">The digest of the body that created it.</param>
public sealed record MockSite(
    string Id, string Site, IReadOnlyList<string> Devices, string? Enrollment, DateTimeOffset CommissionedAt, string BodySha256);
