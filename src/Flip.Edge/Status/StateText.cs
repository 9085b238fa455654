namespace Flip.Edge.Status;

/// <summary>The state and its reason in one sentence: reasons are sentences of their own, and some begin with the state's word.</summary>
internal static class StateText
{
    /// <summary><c>waiting for the device: …</c>, <c>queued: Flip's server …</c>.</summary>
    /// <param name="state">The state's name.</param>
    /// <param name="reason">Why; null where there is nothing to say.</param>
    /// <param name="since">What stands behind the state's word, as in <c>waiting since … for the device: …</c>.</param>
    public static string Of(string state, string? reason, string since = "") => reason switch
    {
        null => state + since,
        _ when reason.StartsWith($"{state} ", StringComparison.OrdinalIgnoreCase) => $"{state}{since}{reason[state.Length..]}",
        _ => $"{state}{since}: {reason}",
    };
}
