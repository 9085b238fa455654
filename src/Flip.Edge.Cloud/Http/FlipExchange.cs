namespace Flip.Edge.Cloud;

/// <summary>What came of one request, before anybody asks what it means.</summary>
internal abstract record FlipExchange
{
    private FlipExchange()
    {
    }

    public sealed record Answered(int Status, string? MediaType, string? LocationHost, TimeSpan? RetryAfter, BoundedBody Body) : FlipExchange;

    public sealed record Failed(TransientCause Cause, string Detail, bool MayHaveArrived) : FlipExchange;

    public sealed record NotHttp(string Detail, bool MayHaveArrived) : FlipExchange;

    public sealed record NoToken(string Detail) : FlipExchange;
}
