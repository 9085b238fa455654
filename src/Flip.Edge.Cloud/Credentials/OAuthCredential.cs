using System.Text.Json;

namespace Flip.Edge.Cloud;

/// <summary>
/// OAuth client credentials: an access token from the token endpoint, kept in memory for four fifths of its life, as Flip's pages
/// advise, and renewed once when Flip refuses it. The secret is read from its file whenever a token is asked for.
/// </summary>
public sealed class OAuthCredential : IFlipCredential, IDisposable
{
    private const double UsedShare = 0.8;

    private readonly OAuthOptions _options;
    private readonly FlipTransport _transport;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _renewal = new(1, 1);
    private OAuthGrant? _grant;

    /// <summary>Makes the credential; nothing is read or asked yet.</summary>
    /// <param name="options">The client.</param>
    /// <param name="http">How long to wait; its base URL and relay are not used.</param>
    /// <param name="time">The clock of the tokens' lives and the time-outs.</param>
    public OAuthCredential(OAuthOptions options, FlipClientOptions http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        _options = options;
        _transport = new(http with { Relay = null }, time);
        _time = time;
    }

    /// <inheritdoc/>
    public string Name => "OAuth credential";

    /// <inheritdoc/>
    public string? CopyOf => _options.Secret.CopyOf;

    /// <inheritdoc/>
    public async ValueTask<CredentialResult> GetAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _grant) is { } grant && IsFresh(grant)
            ? new CredentialResult.Bearer(grant.Token)
            : await AskAsync(null, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<CredentialResult?> RenewAsync(BearerToken refused, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(refused);
        return await AskAsync(refused, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transport.Dispose();
        _renewal.Dispose();
    }

    private bool IsFresh(OAuthGrant grant) => _time.GetElapsedTime(grant.AskedAt) < grant.Life * UsedShare;

    private async ValueTask<CredentialResult> AskAsync(BearerToken? refused, CancellationToken cancellationToken)
    {
        await _renewal.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Whoever renewed before us may have done our work. A refused token is not offered again.
            OAuthGrant? known = _grant is { } grant && grant.Token != refused ? grant : null;
            if (known is not null && IsFresh(known)) return new CredentialResult.Bearer(known.Token);
            CredentialResult asked = await RequestAsync(cancellationToken).ConfigureAwait(false);

            // The last fifth of a life is for this: a token endpoint that is away for a while.
            bool isAlive = known is not null && _time.GetElapsedTime(known.AskedAt) < known.Life;
            return asked is CredentialResult.Unusable { Why: not CommissionOutcome.Unauthorized } && isAlive ? new CredentialResult.Bearer(known!.Token) : asked;
        }
        finally
        {
            _renewal.Release();
        }
    }

    private async ValueTask<CredentialResult> RequestAsync(CancellationToken cancellationToken)
    {
        CredentialText secret = await _options.Secret.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (secret.Text is null) return CredentialResult.Unusable.Missing(secret.Error!);
        using FormUrlEncodedContent form = new([new("grant_type", "client_credentials"), new("client_id", _options.ClientId), new("client_secret", secret.Text)]);
        FlipRequest request = new(HttpMethod.Post, _options.TokenEndpoint)
        {
            Body = await form.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false),
            MediaType = "application/x-www-form-urlencoded",
        };
        long askedAt = _time.GetTimestamp();
        FlipExchange exchange = await _transport.SendAsync(request, null, cancellationToken).ConfigureAwait(false);
        FlipAnswer<JsonElement> read = JsonAnswer.Read(exchange, new(secret.Text, _options.ClientId));
        if (read is FlipAnswer<JsonElement>.Failed failed)
        {
            bool isJson = exchange is FlipExchange.Answered answer && JsonBody.Parse(answer.Body.Bytes) is { ValueKind: JsonValueKind.Object };
            return new CredentialResult.Unusable(OAuthFailure.Of(failed.Why, isJson, _options.TokenEndpoint.Host));
        }

        if (OAuthGrant.Read(((FlipAnswer<JsonElement>.Given)read).Value, askedAt) is not { } grant)
            return new CredentialResult.Unusable(new CommissionOutcome.NotFlip($"{_options.TokenEndpoint.Host} gave no usable Bearer access_token", MayHaveArrived: false));
        Volatile.Write(ref _grant, grant);
        return new CredentialResult.Bearer(grant.Token);
    }
}
