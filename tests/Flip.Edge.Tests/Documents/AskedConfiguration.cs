using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Flip.Edge.Tests.Documents;

/// <summary>A configuration that remembers each key it was asked for.</summary>
internal sealed class AskedConfiguration(IConfiguration inner, HashSet<string> asked) : IConfigurationSection
{
    public string Key => (inner as IConfigurationSection)?.Key ?? "";

    public string Path => (inner as IConfigurationSection)?.Path ?? "";

    public string? Value
    {
        get => (inner as IConfigurationSection)?.Value;
        set => throw new NotSupportedException("it is only read");
    }

    public string? this[string key]
    {
        get => GetSection(key).Value;
        set => throw new NotSupportedException("it is only read");
    }

    public IConfigurationSection GetSection(string key)
    {
        IConfigurationSection found = inner.GetSection(key);
        asked.Add(found.Path);
        return new AskedConfiguration(found, asked);
    }

    public IEnumerable<IConfigurationSection> GetChildren() => inner.GetChildren().Select(child => new AskedConfiguration(child, asked));

    public IChangeToken GetReloadToken() => inner.GetReloadToken();
}
