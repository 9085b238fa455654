namespace Flip.Edge.Configuration;

/// <summary>Where metrics and log lines are sent (opentelemetry.io/docs/specs/otlp).</summary>
/// <param name="Endpoint">The collector's base address; null sends nothing.</param>
/// <param name="HeadersFile">File with one header a line, <c>Authorization: Bearer …</c>; null for the systemd credential, and none where there is none.</param>
/// <param name="Interval">How often the metrics are sent.</param>
/// <param name="Logs">Whether log lines are sent too.</param>
internal sealed record OtlpSettings(Uri? Endpoint, string? HeadersFile, TimeSpan Interval, bool Logs)
{
    /// <summary>The systemd credential that stands in for <see cref="HeadersFile"/>.</summary>
    public const string Credential = "flip-otlp-headers";

    /// <summary>As it is where nothing is configured: nothing is sent.</summary>
    public static OtlpSettings None { get; } = new(null, null, TimeSpan.FromMinutes(1), true);
}
