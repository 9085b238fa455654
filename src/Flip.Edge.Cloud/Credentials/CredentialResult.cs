namespace Flip.Edge.Cloud;

/// <summary>What a request carries, or why it can't be sent.</summary>
public abstract record CredentialResult
{
    private CredentialResult()
    {
    }

    /// <summary>A token for <c>Authorization: Bearer</c>.</summary>
    /// <param name="Token">The token.</param>
    public sealed record Bearer(BearerToken Token) : CredentialResult;

    /// <summary>No token: the connection itself says who the gateway is.</summary>
    public sealed record NoneNeeded : CredentialResult;

    /// <summary>There is none, so nothing is sent.</summary>
    /// <param name="Why">What that means for the try; nothing has arrived.</param>
    public sealed record Unusable(CommissionOutcome Why) : CredentialResult
    {
        /// <summary>A person has to put it in place.</summary>
        /// <param name="sentence">Why there is none, and what to do. It quotes no secret.</param>
        /// <returns>The result.</returns>
        public static Unusable Missing(string sentence) => new(new CommissionOutcome.Unauthorized(null, sentence));
    }
}

/// <summary>A file of a credential that can't be used.</summary>
/// <param name="Key">The key of the configuration that names it, <c>Flip:TokenFile</c>.</param>
/// <param name="Sentence">What was found, what was expected, what to do. It quotes no secret.</param>
public sealed record CredentialFault(string Key, string Sentence)
{
    /// <summary>Whether the file is not there at all: it may follow, while one with a wrong mode or content has to be mended.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The file that systemd copied at the start, where the fault is in the copy: to mend it needs a restart. Null elsewhere.</summary>
    public string? CopyOf { get; init; }
}
