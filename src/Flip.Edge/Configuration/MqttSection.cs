namespace Flip.Edge.Configuration;

internal static class MqttSection
{
    public static MqttSettings Read(SectionReader section)
    {
        MqttSettings settings = new(
            section.Flag("Enabled", otherwise: true),
            section.Text("Host") ?? "localhost",
            section.Number("Port", 1883, 1, 65535),
            section.Text("TopicPrefix") ?? "flip-edge");
        if (settings.TopicPrefix.IndexOfAny(['+', '#', '\0']) >= 0 || settings.TopicPrefix.StartsWith('/') || settings.TopicPrefix.EndsWith('/'))
        {
            section.Fail("TopicPrefix", $"is \"{settings.TopicPrefix}\", and must not hold + or #, nor begin or end with /");
        }

        section.Close();
        return settings;
    }
}
