using System.Text;
using Microsoft.Extensions.Configuration.Json;

namespace Flip.Edge.Configuration;

/// <summary>
/// The configuration file. .NET's own provider goes through every key of the file for the children of each section, and so for each value that is read:
/// with thousands of devices, or garbage in their place, that takes minutes. This one sorts its keys under their sections once.
/// </summary>
/// <param name="source">The file.</param>
internal sealed class IndexedJson(JsonStreamConfigurationSource source) : JsonStreamConfigurationProvider(source)
{
    private Dictionary<string, List<string>> _children = [];
    private List<string> _top = [];

    /// <summary>Adds a file to a builder.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="file">Is read when it builds.</param>
    public static IConfigurationBuilder AddTo(IConfigurationBuilder builder, Stream file) => builder.Add(new FileSource { Stream = file });

    /// <inheritdoc />
    /// <exception cref="InvalidDataException">A key is too long, or has too many parts.</exception>
    public override void Load(Stream stream)
    {
        using StreamReader reader = new(stream);
        byte[] json = Encoding.UTF8.GetBytes(reader.ReadToEnd());
        KeyLimits.CheckNames(json);
        using MemoryStream whole = new(json);
        base.Load(whole);
        foreach (string key in Data.Keys) KeyLimits.CheckParts(key);
    }

    public override void Load()
    {
        base.Load();
        (_children, _top) = (new(StringComparer.OrdinalIgnoreCase), []);
        HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);
        foreach (string key in Data.Keys) TakeUp(key, known);
        foreach (List<string> keys in _children.Values.Append(_top)) keys.Sort(ConfigurationKeyComparer.Instance.Compare);
    }

    /// <inheritdoc />
    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        // A section may have the name "", and is not the top.
        List<string> ours = parentPath is null ? _top : _children.GetValueOrDefault(parentPath) ?? [];
        string[] earlier = [.. earlierKeys];
        return earlier.Length == 0 ? ours : earlier.Concat(ours).Order(ConfigurationKeyComparer.Instance);
    }

    // From the end: whoever is known has known parents.
    private void TakeUp(string key, HashSet<string> known)
    {
        while (known.Add(key))
        {
            int colon = key.LastIndexOf(':');
            if (colon < 0)
            {
                _top.Add(key);
                return;
            }

            string parent = key[..colon];
            if (!_children.TryGetValue(parent, out List<string>? siblings)) _children.Add(parent, siblings = []);
            siblings.Add(key[(colon + 1)..]);
            key = parent;
        }
    }

    private sealed class FileSource : JsonStreamConfigurationSource
    {
        public override IConfigurationProvider Build(IConfigurationBuilder builder) => new IndexedJson(this);
    }
}
