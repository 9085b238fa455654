namespace Flip.Edge.Cloud;

/// <summary>Maps every exchange to its outcome. Pure: what is tried again, and when, is the daemon's to decide.</summary>
internal static class OutcomeClassifier
{
    public static CommissionOutcome Classify(FlipExchange exchange, Redactor redactor) => exchange switch
    {
        FlipExchange.NotSent none => none.Why,
        FlipExchange.Failed failed => new CommissionOutcome.Transient(failed.Cause, redactor.Text(failed.Detail), null, failed.MayHaveArrived),
        FlipExchange.NotHttp garbled => new CommissionOutcome.NotFlip(redactor.Text(garbled.Detail), garbled.MayHaveArrived),
        FlipExchange.Answered answer => Answered(answer, redactor),
        _ => throw new ArgumentOutOfRangeException(nameof(exchange)),
    };

    private static CommissionOutcome Answered(FlipExchange.Answered answer, Redactor redactor)
    {
        string detail = Detail(answer, redactor);
        return answer.Status switch
        {
            >= 200 and <= 299 => Success(answer, redactor),
            >= 300 and <= 399 => new CommissionOutcome.NotFlip(Redirected(answer, redactor), MayHaveArrived: true),

            // nginx refuses a client certificate with a page and status 400 (nginx.org, ngx_http_ssl_module, "Error Processing").
            400 when answer is { Remark: not null, MediaType: "text/html" } => Refused(answer, detail),
            400 or 422 => new CommissionOutcome.Invalid(answer.Status, detail),
            401 or 403 => Refused(answer, detail),
            408 => new CommissionOutcome.Transient(TransientCause.RequestTimeout408, detail, null, MayHaveArrived: true),
            409 => new CommissionOutcome.Conflict(detail),
            429 => new CommissionOutcome.Throttled(answer.RetryAfter, detail),

            // 511 Network Authentication Required (RFC 6585) is a captive portal by definition.
            511 => new CommissionOutcome.NotFlip(detail, MayHaveArrived: false),

            // A gateway's 502 or 504 may hide a commission that went through, so every 5xx may have arrived.
            >= 500 and <= 599 => new CommissionOutcome.Transient(TransientCause.ServerError, detail, answer.RetryAfter, MayHaveArrived: true),

            // 404, 405, 413 …: the page has none of them, so this is another server, or Flip behind a wrong BaseUrl or a proxy.
            >= 400 and <= 499 => new CommissionOutcome.NotFlip(detail, MayHaveArrived: false),
            _ => new CommissionOutcome.NotFlip(detail, MayHaveArrived: true),
        };
    }

    private static CommissionOutcome Success(FlipExchange.Answered answer, Redactor redactor)
    {
        string detail = Detail(answer, redactor);
        switch (answer.Body.End)
        {
            case BodyEnd.TimedOut: return new CommissionOutcome.Transient(TransientCause.Timeout, $"the answer did not end in time; {detail}", null, true);
            case BodyEnd.Truncated: return new CommissionOutcome.Transient(TransientCause.ResponseTruncated, detail, null, true);
            case BodyEnd.TooLarge: return new CommissionOutcome.NotFlip($"the answer is longer than {answer.Body.Bytes.Length} bytes; {detail}", true);
        }

        return CommissionResponseReader.Read(answer.Body.Bytes, out CommissionResponse? response) switch
        {
            ResponseKind.Commission => new CommissionOutcome.Commissioned(response!, answer.Body.Bytes),
            ResponseKind.Unfinished => new CommissionOutcome.Transient(TransientCause.ResponseTruncated, detail, null, true),
            _ => new CommissionOutcome.NotFlip($"the answer is no commission response; {detail}", true),
        };
    }

    private static CommissionOutcome.Unauthorized Refused(FlipExchange.Answered answer, string detail) =>
        new(answer.Status, (answer.Remark, answer.Status) switch
        {
            (null, _) => detail,

            // What docs/security.md asks a relay to answer for a site that is not the gateway's.
            ({ } remark, 403) => $"{detail}; {remark}; a relay also answers so when it has another site for this gateway: compare Site:Id, and run flip-edge reload when it is corrected",
            ({ } remark, _) => $"{detail}; {remark}",
        });

    private static string Redirected(FlipExchange.Answered answer, Redactor redactor) =>
        answer.LocationHost is { Length: > 0 } host
            ? redactor.Text($"HTTP {answer.Status}: redirected to the host {host}, not followed")
            : $"HTTP {answer.Status}: a redirect, not followed";

    private static string Detail(FlipExchange.Answered answer, Redactor redactor)
    {
        string excerpt = redactor.Excerpt(answer.Body);
        string type = answer.MediaType is { Length: > 0 } media ? $" ({redactor.Text(media)})" : "";
        return $"HTTP {answer.Status}{type}: {(excerpt.Length > 0 ? excerpt : "no body")}";
    }
}
