namespace Flip.Edge.Cloud;

internal static class OAuthFailure
{
    private const string Remedy = "check Flip:OAuth:ClientId and the client secret";

    /// <summary>
    /// What a failure of the token endpoint means for the try that needed the token: nothing of it was sent. RFC 6749, 5.2 answers a
    /// wrong client with 400 or 401 and JSON.
    /// </summary>
    public static CommissionOutcome Of(CommissionOutcome outcome, bool isJson, string host) => outcome switch
    {
        CommissionOutcome.Invalid refused when isJson => new CommissionOutcome.Unauthorized(refused.Status, $"{host}: {refused.Detail}; {Remedy}"),
        CommissionOutcome.Unauthorized refused => refused with { Detail = $"{host}: {refused.Detail}; {Remedy}" },
        CommissionOutcome.Throttled throttled => throttled with { Detail = $"{host}: {throttled.Detail}" },
        CommissionOutcome.Transient transient =>
            new CommissionOutcome.Transient(transient.Cause, $"{host}: {transient.Detail}", transient.RetryAfter, MayHaveArrived: false),
        CommissionOutcome.Invalid other => Other(host, other.Detail),
        CommissionOutcome.Conflict other => Other(host, other.Detail),
        CommissionOutcome.NotFlip other => Other(host, other.Detail),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Name, "no failure"),
    };

    private static CommissionOutcome.NotFlip Other(string host, string detail) => new($"{host}: {detail}", MayHaveArrived: false);
}
