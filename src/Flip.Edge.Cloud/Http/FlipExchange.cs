namespace Flip.Edge.Cloud;

/// <summary>What came of one request, before anybody asks what it means.</summary>
internal abstract record FlipExchange
{
    private FlipExchange()
    {
    }

    public sealed record Answered(int Status, string? MediaType, string? LocationHost, TimeSpan? RetryAfter, BoundedBody Body) : FlipExchange
    {
        /// <summary>The server's own time, by its Date header.</summary>
        public DateTimeOffset? Date { get; init; }

        /// <summary>What else a person should know when this is a refusal.</summary>
        public string? Remark { get; init; }

        public bool IsSuccess => Status is >= 200 and <= 299;
    }

    public sealed record Failed(TransientCause Cause, string Detail, bool MayHaveArrived) : FlipExchange;

    public sealed record NotHttp(string Detail, bool MayHaveArrived) : FlipExchange;

    /// <summary>Nothing was sent, for want of a credential; the outcome says why.</summary>
    public sealed record NotSent(CommissionOutcome Why) : FlipExchange;
}
