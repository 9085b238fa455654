using System.Globalization;

namespace Flip.Edge.Configuration;

/// <summary>What stands in the place of an object <c>{ … }</c>.</summary>
internal static class SectionShape
{
    /// <summary>A section in which nothing is set.</summary>
    public static IConfigurationSection Empty { get; } = new ConfigurationBuilder().Build().GetSection("none");

    /// <summary>What is wrong with a section that is no object; null for an object, and for one that is absent.</summary>
    /// <param name="found">The section.</param>
    /// <param name="isSwitched">Whether it has a key <c>Enabled</c>, which is what somebody means who writes <c>true</c> in place of the object.</param>
    public static string? Wrong(IConfigurationSection found, bool isSwitched)
    {
        if (found.Value is not { Length: > 0 } value) return IsList(found) ? "is a list [ … ], and has to be an object { … }" : null;
        return isSwitched && bool.TryParse(value, out bool on)
            ? $"is {Word(on)}, and has to be an object: write {{ \"Enabled\": {Word(on)} }}"
            : $"is \"{value}\", and has to be an object {{ … }}";
    }

    /// <summary>Whether a key is a list's: .NET's configuration numbers the members from 0.</summary>
    public static bool IsIndex(string key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsList(IConfigurationSection section) => section.GetChildren().ToArray() is { Length: > 0 } children && children.All(child => IsIndex(child.Key));

    private static string Word(bool on) => on ? "true" : "false";
}
