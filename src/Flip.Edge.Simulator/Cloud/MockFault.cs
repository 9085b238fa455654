namespace Flip.Edge.Simulator.Cloud;

/// <summary>What goes wrong with one request.</summary>
public enum MockFaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Answers a status.</summary>
    Status,

    /// <summary>Drops the connection before the body is read.</summary>
    Drop,

    /// <summary>Does what was asked, then drops the connection.</summary>
    DropAfterCommit,

    /// <summary>Does what was asked at once and answers late.</summary>
    Delay,

    /// <summary>Waits first and does what was asked then, even when the client has gone meanwhile.</summary>
    LateCommit,

    /// <summary>A proxy delivers the request twice; the client sees the answer to the second delivery.</summary>
    Duplicate,

    /// <summary>A captive portal's page with status 200.</summary>
    Html,

    /// <summary>A captive portal's redirect (302).</summary>
    Redirect,

    /// <summary>Does what was asked, and breaks off in the middle of the answer.</summary>
    Truncated,

    /// <summary>An answer that never ends.</summary>
    Endless,

    /// <summary>JSON with status 200 that is no commission response.</summary>
    NotCommission,

    /// <summary>Status 200 and no body.</summary>
    Empty,
}

/// <summary>One entry of a fault script.</summary>
/// <param name="Kind">What goes wrong.</param>
public sealed record MockFault(MockFaultKind Kind)
{
    /// <summary>Nothing goes wrong with this request.</summary>
    public static readonly MockFault None = new(MockFaultKind.None);

    /// <summary>The status of <see cref="MockFaultKind.Status"/>.</summary>
    public int StatusCode { get; init; }

    /// <summary>The wait of a Retry-After header, or that of <see cref="MockFaultKind.Delay"/> and <see cref="MockFaultKind.LateCommit"/>.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Whether Retry-After is an HTTP date and not seconds.</summary>
    public bool WaitIsDate { get; init; }

    /// <summary>Whether the request has its effect, such as a new site, although the client may not learn of it.</summary>
    public bool Commits { get; init; } = Kind is MockFaultKind.None or MockFaultKind.DropAfterCommit or MockFaultKind.Delay
        or MockFaultKind.LateCommit or MockFaultKind.Duplicate or MockFaultKind.Truncated;

    /// <summary>Answers a status, with or without a Retry-After.</summary>
    public static MockFault Status(int status, TimeSpan? retryAfter = null, bool asDate = false, bool commits = false) =>
        new(MockFaultKind.Status) { StatusCode = status, Wait = retryAfter, WaitIsDate = asDate, Commits = commits };

    /// <summary>Does what was asked and answers late.</summary>
    public static MockFault Delay(TimeSpan delay) => new(MockFaultKind.Delay) { Wait = delay };

    /// <summary>Does what was asked late, and answers then.</summary>
    public static MockFault LateCommit(TimeSpan delay) => new(MockFaultKind.LateCommit) { Wait = delay };

    /// <summary>The entry as <see cref="MockFaultParser"/> reads it.</summary>
    public override string ToString() => MockFaultParser.Format(this);
}
