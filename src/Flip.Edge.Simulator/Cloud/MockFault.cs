namespace Flip.Edge.Simulator.Cloud;

/// <summary>What goes wrong with one commission request.</summary>
public enum MockFaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Answers a status.</summary>
    Status,

    /// <summary>Drops the connection before the body is read.</summary>
    Drop,

    /// <summary>Commits the site, then drops the connection.</summary>
    DropAfterCommit,

    /// <summary>Commits at once and answers late.</summary>
    Delay,

    /// <summary>A captive portal's page with status 200.</summary>
    Html,

    /// <summary>A captive portal's redirect (302).</summary>
    Redirect,

    /// <summary>Commits, and breaks off in the middle of the answer.</summary>
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

    /// <summary>The wait of a Retry-After header, or the delay of <see cref="MockFaultKind.Delay"/>.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Whether Retry-After is an HTTP date and not seconds.</summary>
    public bool WaitIsDate { get; init; }

    /// <summary>Whether the site is committed although the client will not learn of it.</summary>
    public bool Commits { get; init; } = Kind is MockFaultKind.None or MockFaultKind.DropAfterCommit or MockFaultKind.Delay or MockFaultKind.Truncated;

    /// <summary>Answers a status, with or without a Retry-After.</summary>
    public static MockFault Status(int status, TimeSpan? retryAfter = null, bool asDate = false, bool commits = false) =>
        new(MockFaultKind.Status) { StatusCode = status, Wait = retryAfter, WaitIsDate = asDate, Commits = commits };

    /// <summary>Answers late.</summary>
    public static MockFault Delay(TimeSpan delay) => new(MockFaultKind.Delay) { Wait = delay };

    /// <summary>The entry as <see cref="MockFaultParser"/> reads it.</summary>
    public override string ToString() => MockFaultParser.Format(this);
}
