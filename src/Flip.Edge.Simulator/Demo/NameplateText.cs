using System.Text.Json.Nodes;

namespace Flip.Edge.Simulator.Demo;

/// <summary>A nameplate of <c>GET /api/v1/nameplate</c> as lines: each value with where it came from and its raw words.</summary>
internal static class NameplateText
{
    private const int MostWords = 4;

    private static readonly (string Field, string Label)[] Fields =
    [
        ("manufacturer", "manufacturer"), ("model", "model"), ("serial_number", "serial number"), ("firmware", "firmware"),
        ("capacity_wh", "capacity"), ("max_charge_w", "max. charge"), ("max_discharge_w", "max. discharge"),
    ];

    public static IEnumerable<string> Lines(JsonNode device)
    {
        foreach (var (name, label) in Fields)
        {
            if (device[name] is { } field) yield return $"{label,-14} {Value(field),-14} {Evidence(field)}".TrimEnd();
        }

        var limits = device["limits"];
        const string Untold = "only one side tells";
        yield return $"limited by     charge: {Text(limits?["charge_limited_by"]) ?? Untold}, discharge: {Text(limits?["discharge_limited_by"]) ?? Untold}";
        foreach (var warning in device["warnings"]?.AsArray() ?? []) yield return $"note: {Text(warning?["sentence"])}";
    }

    public static string? Text(JsonNode? node) => node?.ToString();

    private static string Value(JsonNode field) => Text(field["state"]) == "present"
        ? $"{Text(field["value"])} {Text(field["unit"])}".TrimEnd()
        : Text(field["state"])?.Replace('_', ' ') ?? "?";

    private static string Evidence(JsonNode field)
    {
        if (Text(field["state"]) != "present") return Text(field["reason"]) ?? "";
        var raw = field["raw"]?.AsArray().Select(word => word!.ToString()).ToArray() ?? [];
        var words = string.Join(' ', raw.Take(MostWords)) + (raw.Length > MostWords ? $" … ({raw.Length} words)" : "");
        return $"{Text(field["kind"]) ?? "",-8} {Text(field["source"])}: {words}";
    }
}
