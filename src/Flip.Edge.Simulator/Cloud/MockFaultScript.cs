using System.Collections.Concurrent;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>The faults of the first requests of each endpoint, in turn; when they are used up, everything works. Safe for concurrent use.</summary>
public sealed class MockFaultScript
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<MockFault>> _faults = new(StringComparer.Ordinal);

    /// <summary>The endpoints that have faults, and these.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<MockFault>> Faults => _faults;

    /// <summary>Reads entries with commas between them: <c>503,drop,auth=html,devices=429:1</c>. Without an endpoint it is the commission.</summary>
    /// <exception cref="FormatException">An entry is unknown; the message says which, and what is known.</exception>
    public static MockFaultScript Parse(string script)
    {
        ArgumentNullException.ThrowIfNull(script);
        MockFaultScript parsed = new();
        foreach (string entry in script.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = entry.Split('=', 2);
            string endpoint = parts.Length == 2 ? parts[0] : MockFaultContext.Commission;
            if (!MockFaultContext.Endpoints.Contains(endpoint))
                throw new FormatException($"\"{endpoint}\" is no endpoint: expected one of {string.Join(", ", MockFaultContext.Endpoints)}");
            parsed.Add(endpoint, MockFaultParser.Parse(parts[^1]));
        }

        return parsed;
    }

    /// <summary>One script of several, each endpoint's faults in their order.</summary>
    public static MockFaultScript Join(params IEnumerable<MockFaultScript> scripts)
    {
        MockFaultScript joined = new();
        foreach ((string endpoint, IReadOnlyList<MockFault> faults) in scripts.SelectMany(script => script.Faults)) joined.Add(endpoint, faults);
        return joined;
    }

    /// <summary>Appends faults to those of an endpoint.</summary>
    /// <param name="endpoint">A word of <see cref="MockFaultContext.Endpoints"/>.</param>
    /// <param name="faults">In the order of the requests.</param>
    public void Add(string endpoint, params IEnumerable<MockFault> faults) =>
        _faults.AddOrUpdate(endpoint, _ => [.. faults], (_, before) => [.. before, .. faults]);

    /// <summary>The fault of a request; what <see cref="MockFlipCloudOptions.Script"/> takes.</summary>
    public MockFault Of(MockFaultContext request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _faults.TryGetValue(request.Endpoint, out IReadOnlyList<MockFault>? faults) && request.Number <= faults.Count
            ? faults[request.Number - 1] : MockFault.None;
    }

    /// <summary>The script as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Join(',', _faults.OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .SelectMany(pair => pair.Value.Select(fault => pair.Key == MockFaultContext.Commission ? $"{fault}" : $"{pair.Key}={fault}")));
}
