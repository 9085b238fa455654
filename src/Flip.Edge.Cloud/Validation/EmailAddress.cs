namespace Flip.Edge.Cloud;

/// <summary>A pragmatic look at an e-mail address: it finds slips of the hand, and leaves the rest to the mail system.</summary>
public static class EmailAddress
{
    /// <summary>Longest address that mail can carry (RFC 5321, 4.5.3.1.3, less the angle brackets).</summary>
    public const int MaxLength = 254;

    private const int MaxLocalLength = 64;

    /// <summary>Whether the text looks like <c>name@host.tld</c>. Quoted local parts and address literals are refused.</summary>
    /// <param name="text">The address.</param>
    /// <returns>True when it is plausible.</returns>
    public static bool IsPlausible(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.IndexOf('@', StringComparison.Ordinal);
        return text.Length <= MaxLength && at is > 0 and <= MaxLocalLength && IsLocal(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    private static bool IsLocal(string local) =>
        local.All(c => char.IsLetterOrDigit(c) || ".!#$%&'*+/=?^_`{|}~-".Contains(c, StringComparison.Ordinal)) && DotsStandBetween(local);

    private static bool IsDomain(string domain)
    {
        string[] labels = domain.Split('.');
        return labels.Length >= 2 && labels.All(IsLabel) && labels[^1].Length >= 2 && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsLabel(string label) =>
        label.Length is >= 1 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsLetterOrDigit(c) || c == '-');

    private static bool DotsStandBetween(string text) =>
        text[0] != '.' && text[^1] != '.' && !text.Contains("..", StringComparison.Ordinal);
}
