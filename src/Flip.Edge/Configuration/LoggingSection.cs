namespace Flip.Edge.Configuration;

internal static class LoggingSection
{
    public static LoggingSettings Read(SectionReader section)
    {
        LogThreshold level = section.Choice("Level", LoggingSettings.Default.Level);
        SectionReader categories = section.Section("Categories");
        LoggingSettings settings = new(
            level, [.. categories.Names().Select(name => KeyValuePair.Create(name, categories.Choice(name, LogThreshold.Information)))]);
        section.Close();
        return settings;
    }
}
