using System.Globalization;

namespace Flip.Edge.Cloud;

/// <summary>One request, one answer, nothing thrown but the caller's cancellation.</summary>
internal sealed class FlipTransport : IDisposable
{
    // Enough for an excerpt.
    private const int ErrorBodyLimit = 8192;

    private readonly FlipClientOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public FlipTransport(FlipClientOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _http = Client(null);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends one request once.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="bearer">The token, or null for none.</param>
    /// <param name="cancellationToken">The caller's wish to stop.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<FlipExchange> SendAsync(FlipRequest request, BearerToken? bearer, CancellationToken cancellationToken)
    {
        if (_options.Relay is null) return await SendAsync(_http, request, bearer, cancellationToken).ConfigureAwait(false);
        RelayFiles files = await RelayFiles.ReadAsync(_options.Relay, cancellationToken).ConfigureAwait(false);
        using RelayIdentity? identity = files.Identity;
        if (identity is null)
            return new FlipExchange.NotSent(new CommissionOutcome.Unauthorized(null, string.Join(' ', files.Faults.Select(fault => fault.Sentence))));
        if (identity.WhyNot(_time.GetUtcNow()) is { } untimely) return new FlipExchange.NotSent(untimely);

        // A client of its own: with the next request the certificate may be another. No connection is kept in any case.
        using HttpClient http = Client(identity);
        return await SendAsync(http, request, bearer, cancellationToken).ConfigureAwait(false) switch
        {
            FlipExchange.Failed { Cause: TransientCause.Tls or TransientCause.ConnectionLost } failed => failed with { Detail = $"{failed.Detail}; {identity.Remark}" },
            FlipExchange.Answered answer => answer with { Remark = identity.Remark },
            FlipExchange other => other,
        };
    }

    private HttpClient Client(RelayIdentity? identity)
    {
        HttpClient http = new(FlipHttpHandler.Create(_options, identity, _time)) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new("flip-edge", typeof(FlipTransport).Assembly.GetName().Version?.ToString(3) ?? "0"));
        http.DefaultRequestHeaders.Accept.Add(new("application/json"));
        return http;
    }

    private async Task<FlipExchange> SendAsync(HttpClient http, FlipRequest request, BearerToken? bearer, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(_options.Timeout, _time);
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using FrozenContent? content = request.Body is { } body ? new(body, request.MediaType) : null;
        using HttpRequestMessage message = new(request.Method, request.Url) { Content = content };
        if (bearer is not null) message.Headers.Authorization = new("Bearer", bearer.Value);
        try
        {
            using HttpResponseMessage response =
                await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            return await AnswerAsync(response, deadline.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return timeout.IsCancellationRequested
                ? new FlipExchange.Failed(TransientCause.Timeout, $"no answer within {Seconds(_options.Timeout)} s", content is { IsStarted: true })
                : new FlipExchange.Failed(TransientCause.Connect, $"no connection within {Seconds(_options.ConnectTimeout)} s", content is { IsStarted: true });
        }
        catch (HttpRequestException e) when (!cancellationToken.IsCancellationRequested)
        {
            return NetworkFailure.From(e, content is { IsStarted: true });
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private async Task<FlipExchange> AnswerAsync(HttpResponseMessage response, CancellationToken deadline, CancellationToken caller)
    {
        int limit = response.IsSuccessStatusCode ? _options.MaxResponseBytes : Math.Min(ErrorBodyLimit, _options.MaxResponseBytes);
        BoundedBody body = await BoundedBody.ReadAsync(response.Content, limit, deadline, caller).ConfigureAwait(false);
        Uri? location = response.Headers.Location;
        return new FlipExchange.Answered(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            location is { IsAbsoluteUri: true } ? location.Host : null,
            RetryAfterHeader.Read(response.Headers, _time.GetUtcNow()),
            body)
        {
            Date = response.Headers.Date,
        };
    }
}
