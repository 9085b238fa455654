namespace Flip.Edge.Simulator.Cloud;

/// <summary>A request that has reached the mock cloud, as a fault script sees it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="Number">Counted from 1 for each endpoint.</param>
public sealed record MockFaultContext(string Method, string Path, int Number)
{
    /// <summary>The commission endpoint's word.</summary>
    public const string Commission = "commission";

    private const string Other = "other";

    /// <summary>Every endpoint's word, as fault scripts name it.</summary>
    public static IReadOnlyList<string> Endpoints { get; } =
        [Commission, "auth", "devices", "enrollments", "programs", "add-device", "device", "site", "sites", "token", Other];

    /// <summary>The endpoint's word.</summary>
    public string Endpoint { get; } = WordOf(Method, Path);

    /// <summary>The word of the endpoint that a request is for; <c>other</c> for one that Flip does not have.</summary>
    public static string WordOf(string method, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return (method, path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("POST", ["v1", "commission"]) => Commission,
            ("POST", ["v1", "auth", "site", _]) => "auth",
            ("GET", ["v1", "site", _, "devices"]) => "devices",
            ("POST", ["v1", "site", _, "devices"]) => "add-device",
            ("GET", ["v1", "site", _, "device", _]) => "device",
            ("GET", ["v1", "site", _, "enrollments"]) => "enrollments",
            ("GET", ["v1", "site", _, "programs"]) => "programs",
            ("GET", ["v1", "site", _]) => "site",
            ("GET", ["v1", "sites"]) => "sites",
            ("POST", ["token"]) => "token",
            _ => Other,
        };
    }
}

/// <summary>A request and what came of it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Fault">The fault that was applied; <see cref="MockFault.None"/> where there was none.</param>
/// <param name="Status">The status of the answer; null where the connection is dropped.</param>
/// <param name="Committed">Whether it created a site.</param>
public sealed record MockExchange(MockFaultContext Request, MockFault Fault, int? Status, bool Committed);
