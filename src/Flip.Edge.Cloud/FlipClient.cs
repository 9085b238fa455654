using System.Text.Json;

namespace Flip.Edge.Cloud;

/// <summary>Flip's OEM API over HTTP. Safe for concurrent use.</summary>
public sealed class FlipClient : IFlipClient, IDisposable
{
    private readonly FlipTransport _transport;
    private readonly IClientTokenSource _tokens;

    /// <summary>Makes a client; nothing is opened yet.</summary>
    /// <param name="options">Where and how long.</param>
    /// <param name="tokens">Asked for the token before every try.</param>
    /// <param name="time">The clock of the time-outs.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public FlipClient(FlipClientOptions options, IClientTokenSource tokens, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(time);
        if (!FlipBaseUrl.TryParse(options.BaseUrl.OriginalString, out _, out string? error)) throw new ArgumentException(error, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.ConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxResponseBytes, 1);
        _transport = new(options, time);
        _tokens = tokens;
    }

    /// <inheritdoc/>
    public async Task<CommissionOutcome> CommissionAsync(ReadOnlyMemory<byte> frozenBody, CancellationToken cancellationToken)
    {
        ClientTokenResult found = await _tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        FlipExchange exchange = found.IsFound
            ? await _transport.PostAsync("/v1/commission", frozenBody, found.Token, cancellationToken).ConfigureAwait(false)
            : new FlipExchange.NoToken(found.Error);
        Redactor redactor = new([found.Token?.Value, .. HomeownerData(frozenBody.Span)]);
        return OutcomeClassifier.Classify(exchange, redactor);
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private static string?[] HomeownerData(ReadOnlySpan<byte> body)
    {
        try
        {
            SiteCreate site = CommissionSerializer.Deserialize(body).Site;
            return [site.FirstName, site.LastName, site.CompanyName, site.Email, site.City, site.ZipCode, site.StreetAddress, site.StreetAddress2];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
