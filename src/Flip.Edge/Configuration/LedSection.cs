using Flip.Edge.Leds;

namespace Flip.Edge.Configuration;

internal static class LedSection
{
    /// <returns>Null where no LED is configured.</returns>
    public static LedSettings? Read(SectionReader section)
    {
        string? name = section.Text("Name");
        if (name is not null && (name.Contains('/', StringComparison.Ordinal) || name is "." or ".."))
        {
            section.Fail("Name", $"is \"{name}\", and has to be a name alone, as ls /sys/class/leds shows it");
        }

        section.Close();
        return name is null ? null : new(name);
    }
}
