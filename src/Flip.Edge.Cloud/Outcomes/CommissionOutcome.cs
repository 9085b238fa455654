namespace Flip.Edge.Cloud;

/// <summary>
/// What came of one try to commission: a closed set, so that a caller's switch over the nested types is complete. Every status code and
/// every failure of the network is one of them (docs/adr/0008-every-answer-is-one-of-seven-outcomes.md). Details are bounded, and hold
/// neither the token nor what the request said of the homeowner.
/// </summary>
public abstract record CommissionOutcome
{
    private CommissionOutcome()
    {
    }

    /// <summary>The outcome in snake_case, for JSON and metrics; it does not change between versions.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence for the installer.</summary>
    public abstract string Sentence { get; }

    /// <summary>
    /// Whether Flip may have created the site on this try. When true without <see cref="Commissioned"/>, the try's outcome is unknown,
    /// and a later 409 may be our own doing.
    /// </summary>
    public virtual bool MayHaveArrived => false;

    /// <summary>Flip has commissioned the site: any 2xx whose body is a commission response.</summary>
    /// <param name="Response">The answer.</param>
    /// <param name="RawBody">Its bytes as they came.</param>
    public sealed record Commissioned(CommissionResponse Response, byte[] RawBody) : CommissionOutcome
    {
        /// <inheritdoc/>
        public override string Name => "commissioned";

        /// <inheritdoc/>
        public override string Sentence => "Flip has commissioned this site.";

        /// <inheritdoc/>
        public override bool MayHaveArrived => true;
    }

    /// <summary>Flip refused the data. The same bytes will be refused again, so a person is needed.</summary>
    /// <param name="Status">400 or 422.</param>
    /// <param name="Detail">What Flip said.</param>
    public sealed record Invalid(int Status, string Detail) : CommissionOutcome
    {
        /// <inheritdoc/>
        public override string Name => "invalid";

        /// <inheritdoc/>
        public override string Sentence => "Flip refused the site's data: correct what the detail names, then start commissioning again.";
    }

    /// <summary>409: Flip has a site or device of this id, perhaps from an earlier try of ours.</summary>
    /// <param name="Detail">What Flip said.</param>
    public sealed record Conflict(string Detail) : CommissionOutcome
    {
        /// <inheritdoc/>
        public override string Name => "conflict";

        /// <inheritdoc/>
        public override string Sentence => "Flip already has a site or a device with this id.";
    }

    /// <summary>Flip did not accept the credential, or there was none to send. What then stands in a file that the configuration names is used on the next try.</summary>
    /// <param name="Status">401 or 403, or a relay's 400; null when nothing was sent for want of a credential.</param>
    /// <param name="Detail">What Flip said, or why there is no credential.</param>
    public sealed record Unauthorized(int? Status, string Detail) : CommissionOutcome
    {
        /// <summary>Which credential it was, in words: <c>client token</c>.</summary>
        public string Credential { get; init; } = "client token";

        /// <summary>See <see cref="IFlipCredential.CopyOf"/>.</summary>
        public string? CopyOf { get; init; }

        /// <summary>Whether Flip itself had issued it a moment ago, as it does a site token: then there is none to replace here.</summary>
        public bool IsIssuedByFlip { get; init; }

        /// <inheritdoc/>
        public override string Name => "unauthorized";

        /// <inheritdoc/>
        public override string Sentence => Status is null
            ? $"The gateway has no usable {Credential} for Flip: put it in place as the detail says."
            : IsIssuedByFlip
                ? $"Flip did not accept the {Credential} that it had issued itself: nothing is to be replaced on the gateway; ask Flip, or whoever runs the relay."
                : CopyOf is null
                    ? $"Flip did not accept the {Credential}: replace it with a valid one."
                    : $"Flip did not accept the {Credential}: replace it with a valid one ({CopyOf}, mode 0600, root) and {SystemdCredential.Restart}.";
    }

    /// <summary>429: too many requests.</summary>
    /// <param name="RetryAfter">How long to wait at least, 0 to 24 h; null when Flip did not say.</param>
    /// <param name="Detail">What Flip said.</param>
    public sealed record Throttled(TimeSpan? RetryAfter, string Detail) : CommissionOutcome
    {
        /// <inheritdoc/>
        public override string Name => "throttled";

        /// <inheritdoc/>
        public override string Sentence => "Flip asks the gateway to wait before it tries again; it does so by itself.";
    }

    /// <summary>Something that another try of the same bytes may mend.</summary>
    /// <param name="Cause">What it was.</param>
    /// <param name="Detail">More of it, for the log.</param>
    /// <param name="RetryAfter">How long to wait at least, 0 to 24 h, where a 5xx said so.</param>
    /// <param name="MayHaveArrived">Whether any of the body was handed to a connection; true for every answered status.</param>
    public sealed record Transient(TransientCause Cause, string Detail, TimeSpan? RetryAfter, bool MayHaveArrived) : CommissionOutcome
    {
        /// <inheritdoc/>
        public override string Name => "transient";

        /// <inheritdoc/>
        public override string Sentence => Cause.ToSentence();

        /// <summary>Whether any of the body was handed to a connection; true for every answered status.</summary>
        public override bool MayHaveArrived { get; } = MayHaveArrived;
    }

    /// <summary>An answer that Flip would not give: a captive portal's page, a redirect, JSON that is no commission response.</summary>
    /// <param name="Detail">What came instead.</param>
    /// <param name="MayHaveArrived">False for a 4xx, which refuses; true for the rest.</param>
    public sealed record NotFlip(string Detail, bool MayHaveArrived) : CommissionOutcome
    {
        /// <inheritdoc/>
        public override string Name => "not_flip";

        /// <inheritdoc/>
        public override string Sentence =>
            "Something other than Flip answered: check Flip:BaseUrl, and whether the network wants a login; the gateway tries again.";

        /// <summary>False for a 4xx, which refuses; true for the rest.</summary>
        public override bool MayHaveArrived { get; } = MayHaveArrived;
    }
}
