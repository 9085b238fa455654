namespace Flip.Edge.Simulator.Cloud;

/// <summary>Certificates as text: <c>ok</c>, <c>expired</c>, <c>not-yet-valid</c>, <c>other-host</c>, <c>untrusted</c>.</summary>
public static class MockCertificateParser
{
    private static readonly Dictionary<string, MockCertificate> Words = new(StringComparer.Ordinal)
    {
        ["ok"] = MockCertificate.Good,
        ["expired"] = MockCertificate.Expired,
        ["not-yet-valid"] = MockCertificate.NotYetValid,
        ["other-host"] = MockCertificate.OtherHost,
        ["untrusted"] = MockCertificate.Untrusted,
    };

    /// <summary>Reads certificates with commas between them.</summary>
    /// <exception cref="FormatException">One is unknown; the message says which, and what is known.</exception>
    public static IReadOnlyList<MockCertificate> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
        [
            .. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => Words.TryGetValue(word, out MockCertificate kind)
                ? kind : throw new FormatException($"\"{word}\" is no certificate: expected one of {string.Join(", ", Words.Keys)}")),
        ];
    }

    /// <summary>The word of a certificate.</summary>
    public static string Format(MockCertificate certificate) => Words.First(word => word.Value == certificate).Key;
}
