using System.Text.Json;

namespace Flip.Edge.Simulator.Cloud;

internal sealed class Findings
{
    private readonly List<(string Path, string Message)> _all = [];

    public IReadOnlyList<(string Path, string Message)> All => _all;

    public void Add(string path, string message) => _all.Add((path, message));
}

/// <summary>One object of the request: fields are asked for by name, and what nobody asked for is unknown.</summary>
internal sealed class ContractObject
{
    private readonly string _path;
    private readonly Findings _findings;
    private readonly Dictionary<string, JsonElement> _left = new(StringComparer.Ordinal);

    private ContractObject(string path, Findings findings) => (_path, _findings) = (path, findings);

    public static ContractObject? Open(string path, JsonElement value, Findings findings)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            findings.Add(path, "must be an object");
            return null;
        }

        ContractObject opened = new(path, findings);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!opened._left.TryAdd(property.Name, property.Value)) findings.Add(opened.At(property.Name), "stands twice");
        }

        return opened;
    }

    public JsonElement? Required(string name, params JsonValueKind[] kinds)
    {
        if (!_left.Remove(name, out JsonElement value)) _findings.Add(At(name), "is required");
        else if (!kinds.Contains(value.ValueKind)) _findings.Add(At(name), $"must be {string.Join(" or ", kinds)}, is {value.ValueKind}");
        else return value;
        return null;
    }

    public string? RequiredText(string name)
    {
        string? text = Required(name, JsonValueKind.String)?.GetString();
        if (text?.Length == 0) _findings.Add(At(name), "is empty");
        return text;
    }

    public string? OptionalText(string name)
    {
        if (!_left.Remove(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        _findings.Add(At(name), $"must be a string or null, is {value.ValueKind}");
        return null;
    }

    public void Deprecated(string name)
    {
        if (_left.Remove(name)) _findings.Add(At(name), "is deprecated and must not be sent");
    }

    public void Close()
    {
        foreach (string name in _left.Keys) _findings.Add(At(name), "is unknown");
    }

    private string At(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
