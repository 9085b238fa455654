using System.Globalization;
using Flip.Edge.Cloud;

namespace Flip.Edge.Configuration;

/// <summary>
/// Reads one section key by key, collects every error, and at the end names each key that nobody asked for. It takes the place of a
/// binder: a binder stops at the first error, and passes over a misspelt key in silence.
/// </summary>
internal sealed partial class SectionReader(IConfiguration section, string path, List<ConfigurationError> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _forbidden = new(StringComparer.OrdinalIgnoreCase);

    // Of this section alone: thousands of devices may each have errors, and to look for one among all takes minutes.
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);

    public string Key(string name) => path.Length == 0 ? name : $"{path}:{name}";

    public void Fail(string name, string sentence)
    {
        _failed.Add(name);
        errors.Add(new(Key(name), Shown(sentence, section.GetSection(name).Value?.Trim())));
    }

    /// <summary>Whether this reader has found an error of this very key.</summary>
    public bool HasFailed(string name) => _failed.Contains(name);

    /// <summary>The section of this name.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="isSwitched">Whether it has a key <c>Enabled</c>, which is what somebody means who writes <c>true</c> in place of it.</param>
    public SectionReader Section(string name, bool isSwitched = false)
    {
        _known.Add(name);
        IConfigurationSection found = section.GetSection(name);
        if (SectionShape.Wrong(found, isSwitched) is { } wrong)
        {
            Fail(name, wrong);
            // The members of a list are no keys, and are not named as unknown ones.
            found = SectionShape.Empty;
        }

        return new(found, Key(name), errors);
    }

    public IReadOnlyList<SectionReader> List(string name)
    {
        _known.Add(name);
        IConfigurationSection[] children = [.. section.GetSection(name).GetChildren()];
        if (children.All(child => SectionShape.IsIndex(child.Key)))
        {
            return [.. children.Select(child => new SectionReader(child, Key($"{name}:{child.Key}"), errors))];
        }

        Fail(name, "has to be a list [ … ], each member an object { … }");
        return [];
    }

    /// <summary>The keys of a section that may hold any.</summary>
    public IReadOnlyList<string> Names() => [.. section.GetChildren().Select(child => child.Key)];

    /// <summary>A text, or null when the key is absent, null or empty.</summary>
    public string? Text(string name) => Text(name, "what it stands for");

    public string Required(string name, string whatItIs)
    {
        string? value = Text(name, whatItIs);
        if (value is null && !HasFailed(name)) Fail(name, $"is missing: {whatItIs}");
        return value ?? "";
    }

    /// <summary>An id of the OEM's own: short, and without control characters, for it ends up in a topic and at Flip.</summary>
    public string Id(string name, string whatItIs)
    {
        string id = Required(name, whatItIs);
        if (id.Length > CommissionRequestValidator.MaxIdLength || id.Any(char.IsControl))
        {
            Fail(name, $"has {id.Length} characters, and has to have at most {CommissionRequestValidator.MaxIdLength}, none of them a control character");
        }

        return id;
    }

    public bool Flag(string name, bool otherwise)
    {
        string? text = Text(name);
        if (text is null) return otherwise;
        if (bool.TryParse(text, out bool value)) return value;
        Fail(name, $"is \"{text}\", and has to be true or false");
        return otherwise;
    }

    public int Number(string name, int otherwise, int least, int most) => Number(name, least, most) ?? otherwise;

    /// <summary>Null when it is not told, or wrong.</summary>
    public int? Number(string name, int least, int most)
    {
        string? text = Text(name);
        if (text is null) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most) return value;
        Fail(name, FormattableString.Invariant($"is \"{text}\", and has to be a whole number from {least} to {most}"));
        return null;
    }

    public decimal? Amount(string name, string unit, decimal least, decimal most)
    {
        string? text = Text(name);
        if (text is null) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            && value >= least && value <= most)
        {
            return value;
        }

        Fail(name, FormattableString.Invariant($"is \"{text}\", and has to be a number from {least} to {most} {unit}"));
        return null;
    }

    public TimeSpan Duration(string name, TimeSpan otherwise, TimeSpan least, TimeSpan most) => Duration(name, least, most) ?? otherwise;

    /// <summary>Null when it is not told, or wrong.</summary>
    public TimeSpan? Duration(string name, TimeSpan least, TimeSpan most)
    {
        string? text = Text(name);
        if (text is null) return null;
        // A bare number would be taken for days.
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan value)
            && value >= least && value <= most)
        {
            return value;
        }

        Fail(name, $"is \"{text}\", and has to be a duration hh:mm:ss from {DurationText.Of(least)} to {DurationText.Of(most)}");
        return null;
    }

    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum
    {
        string? text = Text(name);
        if (text is null) return otherwise;
        string[] names = Enum.GetNames<T>();
        if (names.Contains(text, StringComparer.OrdinalIgnoreCase)) return Enum.Parse<T>(text, ignoreCase: true);
        Fail(name, $"is \"{text}\", and has to be {string.Join(" or ", names.Select(known => known.ToLowerInvariant()))}");
        return otherwise;
    }

    private string? Text(string name, string whatItIs)
    {
        _known.Add(name);
        IConfigurationSection found = section.GetSection(name);
        if (found.GetChildren().Any()) Fail(name, "has to be a single value, not an object or a list");
        string? text = string.IsNullOrWhiteSpace(found.Value) ? null : found.Value.Trim();
        if (text is not ['<', .., '>']) return text;

        // The installed configuration has them (decision 22). Not quoted: a secret may have been put between the brackets.
        Fail(name, $"is still a placeholder in < >; put in its place: {whatItIs}");
        return null;
    }

    // What has an @ may be an e-mail or a login with its password, such as a URL in place of a host: these sentences go into the log, and so to a collector.
    private static string Shown(string sentence, string? value) =>
        value?.Contains('@', StringComparison.Ordinal) == true ? sentence.Replace($"\"{value}\"", "*** (it has an @, and is not shown)", StringComparison.Ordinal).Replace(value, "***", StringComparison.Ordinal) : sentence;
}
