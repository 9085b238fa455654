using System.Diagnostics.CodeAnalysis;

namespace Flip.Edge.Cloud;

/// <summary>A token, or the reason why there is none.</summary>
public sealed record ClientTokenResult
{
    private ClientTokenResult(BearerToken? token, string? error) => (Token, Error) = (token, error);

    /// <summary>The token, if there is one.</summary>
    public BearerToken? Token { get; }

    /// <summary>Why there is none, and what to do, as a sentence. It never quotes the token.</summary>
    public string? Error { get; }

    /// <summary>Whether there is a token.</summary>
    [MemberNotNullWhen(true, nameof(Token))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsFound => Token is not null;

    /// <summary>A token.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The result.</returns>
    public static ClientTokenResult Found(BearerToken token) => new(token, null);

    /// <summary>No token.</summary>
    /// <param name="error">Why, and what to do.</param>
    /// <returns>The result.</returns>
    public static ClientTokenResult Missing(string error) => new(null, error);
}
