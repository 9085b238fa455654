namespace Flip.Edge.Status;

/// <summary>The state and its reason in one sentence: reasons are sentences of their own, and some begin with the state's word.</summary>
internal static class StateText
{
    /// <summary><c>waiting for the device: …</c>, <c>queued: Flip's server …</c>, <c>sending the request to Flip</c>.</summary>
    /// <param name="state">The state's name.</param>
    /// <param name="reason">Why; null where there is nothing to say.</param>
    /// <param name="since">When it came there, with a blank before it, as in <c>waiting since … for the device: …</c>.</param>
    public static string Of(string state, string? reason, string since = "") => reason switch
    {
        null => state + since,
        // "waiting since … for the device: …", but "sending the request to Flip since …".
        _ when reason.StartsWith($"{state} ", StringComparison.OrdinalIgnoreCase) && !reason[state.Length..].StartsWith(" for ", StringComparison.Ordinal) => $"{state}{reason[state.Length..]}{since}",
        _ when reason.StartsWith($"{state} ", StringComparison.OrdinalIgnoreCase) => $"{state}{since}{reason[state.Length..]}",
        _ => $"{state}{since}: {reason}",
    };
}
