using System.Collections;

namespace Flip.Edge.Configuration;

/// <summary>Keys that should not be there: forbidden, unwanted beside others, or known to nobody.</summary>
internal sealed partial class SectionReader
{
    /// <summary>Names a key that nobody shall use, and never proposes it.</summary>
    public void Forbidden(string name, string why)
    {
        _forbidden.Add(name);
        Unwanted(name, why);
    }

    /// <summary>Names a key that is known, but not wanted beside others.</summary>
    public void Unwanted(string name, string why)
    {
        _known.Add(name);
        IConfigurationSection found = section.GetSection(name);
        // Whatever its form: who is told that a placeholder stands there, or no single value, puts the secret in its place.
        if (!string.IsNullOrWhiteSpace(found.Value) || found.GetChildren().Any()) Fail(name, why);
    }

    /// <summary>Reports every key of this section that was not asked for. Call it last.</summary>
    public void Close()
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (_known.Contains(child.Key)) continue;
            string[] wanted = [.. _known.Except(_forbidden).Order(StringComparer.Ordinal)];
            if (child.Key.Length == 0)
            {
                errors.Add(new(path, $"there is a key \"\" in {(path.Length == 0 ? "the file" : "this section")}: give it its name, or remove it; known here: {string.Join(", ", wanted)}"));
                continue;
            }

            string hint = Parted(child.Key, wanted) is { } joined ? $"the parts of a key are joined by a colon: did you mean {Key(joined)}?" : MeantKeys.Of(child.Key, wanted) is { Count: > 0 } meant
                ? $"did you mean {string.Join(" or ", meant.Select(Key))}?"
                : $"known here: {string.Join(", ", wanted)}";
            Fail(child.Key, $"is no known key{Origin(child.Key)}; {hint}");
        }
    }

    // Mqtt.Port and Mqtt__Port: not Mqtt was meant, though it is all that is known here.
    private static string? Parted(string written, IEnumerable<string> known)
    {
        string[] parts = written.Replace("__", ":", StringComparison.Ordinal).Replace('.', ':').Split(':');
        return parts.Length > 1 && parts.All(part => part.Length > 0) && known.FirstOrDefault(key => key.Equals(parts[0], StringComparison.OrdinalIgnoreCase)) is { } section
            ? string.Join(':', parts.Skip(1).Prepend(section))
            : null;
    }

    private string Origin(string name)
    {
        string variable = ConfigurationFiles.EnvironmentPrefix + Key(name).Replace(":", "__", StringComparison.Ordinal);
        foreach (DictionaryEntry set in Environment.GetEnvironmentVariables())
        {
            if (variable.Equals((string)set.Key, StringComparison.OrdinalIgnoreCase)) return $" (it comes from the environment variable {variable})";
        }

        return "";
    }
}
