namespace Flip.Edge.Configuration;

/// <summary>Reads <c>Mqtt:Tls</c> and the files that belong to it; without TLS they are errors.</summary>
internal static class MqttTlsSection
{
    public static MqttTlsSettings? Read(SectionReader mqtt)
    {
        // Where Mqtt:Tls itself is wrong, the files are looked at all the same: who names them wants TLS, and is to learn of every error at once.
        if (!mqtt.Flag("Tls", otherwise: false) && !mqtt.HasFailed("Tls"))
        {
            foreach (string name in (string[])["CaFile", "CertificateFile", "KeyFile"])
            {
                mqtt.Unwanted(name, "is only used with TLS: set Mqtt:Tls to true, or remove this key");
            }

            return null;
        }

        string? certificate = FilePath(mqtt, "CertificateFile");
        string? key = MqttSection.SecretPath(mqtt, "KeyFile", "the certificate's private key");
        if (certificate is null && key is not null && !mqtt.HasFailed("CertificateFile"))
        {
            mqtt.Fail("CertificateFile", "is missing: Mqtt:KeyFile is set, and the key is nothing without the certificate that it belongs to");
        }

        return new(FilePath(mqtt, "CaFile"), certificate, key);
    }

    private static string? FilePath(SectionReader section, string name)
    {
        string? path = section.Text(name);
        if (path is null || Path.IsPathRooted(path)) return path;
        section.Fail(name, $"is \"{path}\", and has to be an absolute path");
        return null;
    }
}
