using Flip.Edge.Cloud;

namespace Flip.Edge.Configuration;

internal static class OtlpSection
{
    private const string Expected = "http://127.0.0.1:4318 or another loopback address, or https://HOST[:PORT][/PREFIX]";

    // Those of all three kinds of OTLP over HTTP; traces are never sent.
    private static readonly string[] Added = ["/v1/metrics", "/v1/logs", "/v1/traces"];

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5), Longest = TimeSpan.FromHours(1);

    public static OtlpSettings Read(SectionReader section)
    {
        Uri? endpoint = Endpoint(section);
        string? headers = section.Text("HeadersFile");
        if (headers is not null && !Path.IsPathRooted(headers))
        {
            // Not quoted: it may be the header itself, pasted into the wrong place.
            section.Fail("HeadersFile", "is no absolute path (it is not shown here, in case it is a secret): name the file that holds the headers");
            // Nor is it looked for: what is said of a missing file names it.
            headers = null;
        }

        section.Forbidden("Headers", "does not belong into the configuration: put the headers into a file of mode 0600 and name it in Otlp:HeadersFile, or use the systemd credential flip-otlp-headers");
        OtlpSettings settings = new(
            endpoint, headers, section.Duration("Interval", OtlpSettings.None.Interval, Shortest, Longest), section.Flag("Logs", otherwise: true));
        section.Close();
        return settings;
    }

    private static Uri? Endpoint(SectionReader section)
    {
        string? text = section.Text("Endpoint");
        if (text is null) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? endpoint))
        {
            section.Fail("Endpoint", $"is \"{text}\", and has to be {Expected}");
        }
        else if (FlipBaseUrl.Wrong(endpoint, "what is in the log") is { } wrong)
        {
            // A URL with a user name may hold a password, and is not quoted.
            section.Fail("Endpoint", $"cannot be used: {wrong}; it has to be {Expected}");
        }
        else if (Added.FirstOrDefault(path => endpoint.AbsolutePath.TrimEnd('/').EndsWith(path, StringComparison.OrdinalIgnoreCase)) is { } added)
        {
            // Other exporters take a whole URL for each kind (OTEL_EXPORTER_OTLP_METRICS_ENDPOINT), and people copy those.
            string whole = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
            section.Fail("Endpoint", $"is \"{text}\", and has to be the collector's base address, to which {added} is added by itself: write {whole[..^added.Length]}");
        }

        return endpoint;
    }
}
