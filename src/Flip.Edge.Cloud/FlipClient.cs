using System.Text.Json;

namespace Flip.Edge.Cloud;

/// <summary>Flip's OEM API over HTTP. Safe for concurrent use.</summary>
public sealed partial class FlipClient : IFlipClient, IFlipSites, IDisposable
{
    private readonly FlipTransport _transport;
    private readonly ClientCalls _client;
    private readonly SiteCalls _sites;
    private readonly Uri _baseUrl;

    /// <summary>Makes a client; nothing is opened yet.</summary>
    /// <param name="options">Where and how long.</param>
    /// <param name="credential">Asked before every try.</param>
    /// <param name="time">The clock of the time-outs.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public FlipClient(FlipClientOptions options, IFlipCredential credential, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(time);
        if (!FlipBaseUrl.TryParse(options.BaseUrl.OriginalString, out _, out string? error)) throw new ArgumentException(error, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.ConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxResponseBytes, 1);
        _transport = new(options, time);
        _client = new(_transport, credential);
        _baseUrl = options.BaseUrl;
        _sites = new(new(_client, _baseUrl, time), _transport, _baseUrl);
    }

    /// <summary>
    /// Whether Flip refused the credential when it was last asked with it, or it could not be used: a person has to replace it. A try that is under
    /// way, or an answer that tells nothing of it, changes nothing.
    /// </summary>
    public bool IsCredentialRefused => _client.IsRefused;

    /// <inheritdoc/>
    public async Task<CommissionOutcome> CommissionAsync(ReadOnlyMemory<byte> frozenBody, CancellationToken cancellationToken)
    {
        FlipRequest request = new(HttpMethod.Post, FlipBaseUrl.Combine(_baseUrl, "/v1/commission")) { Body = frozenBody };
        ClientExchange sent = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        Redactor redactor = new([sent.Token?.Value, .. HomeownerData(frozenBody.Span)]);
        return _client.Named(OutcomeClassifier.Classify(sent.Exchange, redactor));
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private static IEnumerable<string?> HomeownerData(ReadOnlySpan<byte> body)
    {
        try
        {
            SiteCreate site = CommissionSerializer.Deserialize(body).Site;
            IEnumerable<string?> others = (site.OtherFields ?? []).Values.Where(field => field.ValueKind == JsonValueKind.String).Select(field => field.GetString());
            return [site.FirstName, site.LastName, site.CompanyName, site.Email, site.City, site.ZipCode, site.StreetAddress, site.StreetAddress2, .. others];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
