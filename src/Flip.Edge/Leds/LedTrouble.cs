namespace Flip.Edge.Leds;

/// <summary>Says why a LED can't be used, and what to do.</summary>
internal static class LedTrouble
{
    private const int ReadOnlySystem = 30; // EROFS
    private const int MostNames = 12;

    /// <summary>Whether it is a LED's own, and no fault of ours.</summary>
    public static bool Is(Exception failed) => failed is IOException or UnauthorizedAccessException;

    public static string Sentence(Exception failed, LedFiles led) => failed switch
    {
        DirectoryNotFoundException => $"there is no LED \"{led.Name}\" (Led:Name); {WhatThereIs(led.Root)}",
        UnauthorizedAccessException => $"{failed.Message.TrimEnd('.')}: a udev rule has to give the LED's files to the service's group, and the unit must not hide them; {Documents.Folder}/button.md has both",
        IOException { HResult: ReadOnlySystem } => $"{failed.Message.TrimEnd('.')}: the unit's sandbox makes it read-only; a drop-in with ReadWritePaths=-{led.Root}/{led.Name} opens it ({Documents.Folder}/button.md)",
        _ => failed.Message.TrimEnd('.'),
    };

    private static string WhatThereIs(string root)
    {
        string[] names = Directory.Exists(root) ? [.. Directory.EnumerateFileSystemEntries(root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];
        return names.Length == 0 ? $"{root} has none" : $"{root} has {string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? ", …" : "")}";
    }
}
