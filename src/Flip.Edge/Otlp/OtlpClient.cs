using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Flip.Edge.Cloud;
using Flip.Edge.Configuration;

namespace Flip.Edge.Otlp;

/// <summary>What came of one request.</summary>
/// <param name="Failure">Why the collector did not take it, in a few words; null when it did.</param>
/// <param name="MayRetry">Whether the same may be sent again later (opentelemetry.io/docs/specs/otlp/#retryable-response-codes).</param>
/// <param name="RetryAfter">How long the collector asks to wait.</param>
/// <param name="Rejected">How many of the points or records it left out of what it took.</param>
internal sealed record OtlpAnswer(string? Failure, bool MayRetry, TimeSpan? RetryAfter, long Rejected)
{
    public static OtlpAnswer Taken(long rejected) => new(null, false, null, rejected);

    public static OtlpAnswer Away(string failure) => new(failure, true, null, 0);
}

/// <summary>Sends documents to a collector: OTLP over HTTP with JSON, one POST each.</summary>
internal sealed class OtlpClient : IDisposable
{
    // What a collector has to say fits in; it is only looked at for the count of what it left out.
    private const int LongestAnswer = 16 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10), ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly OtlpHeaders _headers;
    private readonly TimeProvider _time;

    public OtlpClient(OtlpSettings settings, TimeProvider time, string? credentialsDirectory)
    {
        _endpoint = settings.Endpoint ?? throw new ArgumentException("there is no endpoint", nameof(settings));
        _headers = new(settings.HeadersFile, credentialsDirectory);
        _time = time;
        // No redirect: the headers would go along.
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectTimeout, ActivityHeadersPropagator = null };
        handler.SslOptions.CertificateChainPolicy = PemFiles.Trust(null);
        handler.SslOptions.RemoteCertificateValidationCallback = CertificateCheck.Callback(time);
        _http = new(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    /// <summary>Where one kind is sent: opentelemetry.io/docs/specs/otlp/#otlphttp-request.</summary>
    public static Uri Target(Uri endpoint, OtlpKind kind) => FlipBaseUrl.Combine(endpoint, kind == OtlpKind.Metrics ? "/v1/metrics" : "/v1/logs");

    public async Task<OtlpAnswer> SendAsync(OtlpKind kind, byte[] document, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(Timeout, _time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, Target(_endpoint, kind));
            request.Content = new ByteArrayContent(document) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            if (await _headers.AddToAsync(request.Headers, end.Token) is { } unusable) return OtlpAnswer.Away(unusable);
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            if (response.StatusCode == HttpStatusCode.OK) return OtlpAnswer.Taken(Rejected(await BodyAsync(response, end.Token)));
            bool mayRetry = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
            return new($"HTTP {(int)response.StatusCode}", mayRetry, RetryAfterHeader.Read(response.Headers, _time.GetUtcNow()), 0);
        }
        catch (Exception away) when (away is HttpRequestException or IOException)
        {
            return OtlpAnswer.Away(Why(away));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return OtlpAnswer.Away($"no answer within {Timeout.TotalSeconds:0} s");
        }
    }

    public void Dispose() => _http.Dispose();

    // .NET quotes the proxy's address with the password that stands in it.
    private static string Why(Exception away) => away is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }
        ? "the proxy made no tunnel" : away.InnerException?.Message ?? away.Message;

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        byte[] bytes = new byte[LongestAnswer];
        int length = await body.ReadAtLeastAsync(bytes, LongestAnswer, throwOnEndOfStream: false, cancellationToken);
        return bytes.AsMemory(0, length);
    }

    // opentelemetry.io/docs/specs/otlp/#partial-success-1; a 64-bit number may come as text.
    private static long Rejected(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(body);
            if (answer.RootElement.ValueKind != JsonValueKind.Object || !answer.RootElement.TryGetProperty("partialSuccess", out JsonElement partial)) return 0;
            foreach (string name in (string[])["rejectedDataPoints", "rejectedLogRecords"])
            {
                if (partial.ValueKind != JsonValueKind.Object || !partial.TryGetProperty(name, out JsonElement count)) continue;
                if (long.TryParse(count.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long rejected)) return rejected;
            }

            return 0;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Text that is no UTF-8 is told by the second. An empty answer, or one in protobuf: 200 says that it was taken.
            return 0;
        }
    }
}
