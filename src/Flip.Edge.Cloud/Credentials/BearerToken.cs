using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Flip.Edge.Cloud;

/// <summary>
/// What stands behind <c>Authorization: Bearer</c>: a client token or API key, an access token of OAuth's, or a site token
/// (docs.flip.energy/oem/authentication). All but the last open every site of their owner, so nothing but the client can see one: its
/// text form is <c>***</c>, and it has no public value.
/// </summary>
[DebuggerDisplay("***")]
public sealed class BearerToken
{
    /// <summary>Longest token, in characters.</summary>
    public const int MaxLength = 4096;

    private BearerToken(string value) => Value = value;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string Value { get; }

    /// <summary>Reads a token, trimming white space around it.</summary>
    /// <param name="text">The text of a file or an answer.</param>
    /// <param name="token">The token.</param>
    /// <param name="error">What is wrong, without a character of the text.</param>
    /// <returns>True when it may be sent.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out BearerToken? token, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = Trim(text);
        error = Wrong(trimmed);
        token = error is null ? new(trimmed) : null;
        return token is not null;
    }

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";

    internal static string Trim(string text) => text.Trim(' ', '\t', '\r', '\n');

    internal static string? Wrong(string text)
    {
        if (text.Length == 0) return "is empty";
        if (text.Length > MaxLength) return $"holds more than {MaxLength} characters";
        if (text.AsSpan().ContainsAny('\r', '\n')) return "holds more than one line";
        if (text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return "holds the word Bearer before the token";
        return text.All(c => c is > ' ' and <= '~') ? null : "holds a space or a character that is not printable ASCII";
    }
}
