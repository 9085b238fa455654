using System.Globalization;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>
/// Faults as text: <c>503</c>, <c>429:7</c> (Retry-After in seconds), <c>429:date:7</c>, <c>502-after-commit</c>, <c>delay:2000</c> (ms;
/// commits at once and answers late), <c>late-commit:2000</c> (ms; commits late), <c>drop</c>, <c>drop-after-commit</c>,
/// <c>duplicate</c>, <c>html</c>, <c>redirect</c>, <c>truncated</c>, <c>endless</c>, <c>not-commission</c>, <c>empty</c>, <c>ok</c>.
/// </summary>
public static class MockFaultParser
{
    private const string AfterCommit = "-after-commit";

    private static readonly Dictionary<string, MockFaultKind> Words = new(StringComparer.Ordinal)
    {
        ["ok"] = MockFaultKind.None,
        ["drop"] = MockFaultKind.Drop,
        ["drop-after-commit"] = MockFaultKind.DropAfterCommit,
        ["duplicate"] = MockFaultKind.Duplicate,
        ["html"] = MockFaultKind.Html,
        ["redirect"] = MockFaultKind.Redirect,
        ["truncated"] = MockFaultKind.Truncated,
        ["endless"] = MockFaultKind.Endless,
        ["not-commission"] = MockFaultKind.NotCommission,
        ["empty"] = MockFaultKind.Empty,
    };

    /// <summary>Reads a script of entries with commas between them.</summary>
    /// <exception cref="FormatException">An entry is unknown; the message says which, and what is known.</exception>
    public static IReadOnlyList<MockFault> Parse(string script) =>
        [.. script.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne)];

    internal static string Format(MockFault fault) => fault.Kind switch
    {
        MockFaultKind.Status => string.Create(CultureInfo.InvariantCulture, $"{fault.StatusCode}{Wait(fault)}{(fault.Commits ? AfterCommit : "")}"),
        MockFaultKind.Delay => string.Create(CultureInfo.InvariantCulture, $"delay:{fault.Wait?.TotalMilliseconds ?? 0:0}"),
        MockFaultKind.LateCommit => string.Create(CultureInfo.InvariantCulture, $"late-commit:{fault.Wait?.TotalMilliseconds ?? 0:0}"),
        _ => Words.First(word => word.Value == fault.Kind).Key,
    };

    private static string Wait(MockFault fault) =>
        fault.Wait is { } wait ? string.Create(CultureInfo.InvariantCulture, $":{(fault.WaitIsDate ? "date:" : "")}{wait.TotalSeconds:0}") : "";

    private static MockFault ParseOne(string text)
    {
        if (Words.TryGetValue(text, out MockFaultKind kind)) return new(kind);
        bool commits = text.EndsWith(AfterCommit, StringComparison.Ordinal);
        string[] parts = (commits ? text[..^AfterCommit.Length] : text).Split(':');
        return parts switch
        {
            ["delay", var ms] when Number(ms) is { } delay => MockFault.Delay(TimeSpan.FromMilliseconds(delay)),
            ["late-commit", var ms] when Number(ms) is { } delay => MockFault.LateCommit(TimeSpan.FromMilliseconds(delay)),
            [var code] when Code(code) is { } status => MockFault.Status(status, commits: commits),
            [var code, var s] when Code(code) is { } status && Number(s) is { } wait =>
                MockFault.Status(status, TimeSpan.FromSeconds(wait), commits: commits),
            [var code, "date", var s] when Code(code) is { } status && Number(s) is { } wait =>
                MockFault.Status(status, TimeSpan.FromSeconds(wait), asDate: true, commits: commits),
            _ => throw new FormatException(
                $"\"{text}\" is no fault: expected a status such as 503, 429:7, 429:date:7 or 502-after-commit, delay:MS, late-commit:MS, or one of {string.Join(", ", Words.Keys)}"),
        };
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static int? Code(string text) => Number(text) is { } code and >= 200 and <= 599 ? code : null;
}
