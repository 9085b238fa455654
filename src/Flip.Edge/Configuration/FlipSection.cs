using Flip.Edge.Cloud;

namespace Flip.Edge.Configuration;

internal static class FlipSection
{
    private const string Production = "https://api.flip.energy";
    private const string FlipDomain = "flip.energy";

    public static FlipSettings Read(SectionReader section)
    {
        string? text = section.Text("BaseUrl");
        if (!FlipBaseUrl.TryParse(text ?? Production, out Uri? baseUrl, out string? error)) section.Fail("BaseUrl", error);
        CredentialSettings credential = CredentialSection.Read(section);
        if (credential is CredentialSettings.Relay) CheckRelay(section, text, baseUrl);
        InputPowerIs input = section.Choice("InputPowerIs", InputPowerIs.Charge);
        TimeSpan timeout = section.Duration("Timeout", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        section.Close();
        return new(baseUrl ?? new Uri(Production), credential, input, timeout);
    }

    private static void CheckRelay(SectionReader section, string? text, Uri? baseUrl)
    {
        if (text is null) section.Fail("BaseUrl", "is missing: with Flip:Credential relay it is the address of your own relay");
        else if (baseUrl is not null && IsFlip(baseUrl.Host)) section.Fail("BaseUrl", $"is \"{text}\", which is Flip itself, and Flip takes no client certificate: name your own relay, or choose another Flip:Credential");
        else if (baseUrl is { Scheme: "http" }) section.Fail("BaseUrl", $"is \"{text}\", and has to be https: the relay knows the gateway by its client certificate, which only TLS carries");
    }

    private static bool IsFlip(string host) =>
        host.TrimEnd('.') is var name && (name.Equals(FlipDomain, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + FlipDomain, StringComparison.OrdinalIgnoreCase));
}
